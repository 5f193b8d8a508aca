package io.mainstay.core.deadletters;

/**
 * What a retry of the open letters of a target's shard has brought.
 *
 * @param resolvedCount whose rows are there now
 * @param parkedCount that failed again
 * @param queuedCount that wait behind one of those
 */
public record RetryReport(String target, int shard, int resolvedCount, int parkedCount, int queuedCount) {}
