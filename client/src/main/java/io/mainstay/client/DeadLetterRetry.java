package io.mainstay.client;

/**
 * What a retry of a target's dead letters of one shard has brought.
 *
 * @param resolvedCount their rows are there now
 * @param parkedCount they failed again
 * @param queuedCount they wait behind one of those
 */
public record DeadLetterRetry(String target, int shard, int resolvedCount, int parkedCount, int queuedCount) {}
