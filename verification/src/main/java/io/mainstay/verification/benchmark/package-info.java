/**
 * Measurements of the engine without a server around it.
 *
 * <p>A <em>JMH benchmark</em> times one part alone. The <em>durable load</em> drives the whole engine over a real,
 * syncing broker in one JVM. The <em>recovery load</em> times how memory comes back, and weighs it.
 */
@NullMarked
package io.mainstay.verification.benchmark;

import org.jspecify.annotations.NullMarked;
