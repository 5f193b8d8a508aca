/**
 * The write-ahead log: frames, their hash chain, and the port through which a shard appends and recovers.
 */
@NullMarked
package io.mainstay.core.log;

import org.jspecify.annotations.NullMarked;
