package io.mainstay.client;

/**
 * A place in the log of a shard.
 *
 * @param offset of a command, from 0
 */
public record Position(int shard, long offset) {}
