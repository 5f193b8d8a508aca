/** Tests of the simulator: that it holds, that it repeats itself, and that it catches what is broken on purpose. */
@NullMarked
package io.mainstay.verification.simulation;

import org.jspecify.annotations.NullMarked;
