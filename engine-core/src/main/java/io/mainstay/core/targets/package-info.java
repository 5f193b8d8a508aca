/** Where a projection puts what the log tells. */
@NullMarked
package io.mainstay.core.targets;

import org.jspecify.annotations.NullMarked;
