/** The fixture held against a domain that is right, and against others that are broken on purpose. */
@NullMarked
package io.mainstay.testkit;

import org.jspecify.annotations.NullMarked;
