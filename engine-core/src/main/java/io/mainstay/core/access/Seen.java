package io.mainstay.core.access;

/**
 * Something that was read from a shard's memory.
 *
 * @param offset of the last command that is in the reading
 */
public record Seen<V>(V value, int shard, long offset) {}
