/** Tests of the benchmarks: that they run, measure and clean up. */
@NullMarked
package io.mainstay.verification.benchmark;

import org.jspecify.annotations.NullMarked;
