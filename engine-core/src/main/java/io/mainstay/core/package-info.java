/** The deterministic core of the engine: JDK only, no Jakarta, no I/O, no threads, no clock. */
@NullMarked
package io.mainstay.core;

import org.jspecify.annotations.NullMarked;
