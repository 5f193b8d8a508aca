/**
 * Making a projection's tables anew from the log while it goes on: {@code Rebuilds} orders it, {@code RebuildStatus} tells how
 * far it is.
 */
@NullMarked
package io.mainstay.core.rebuild;

import org.jspecify.annotations.NullMarked;
