package io.mainstay.core.gateway;

/**
 * What an operator does to single shards of this server. Safe for use by many threads; nothing here blocks.
 *
 * <p>Each order is logged with the one who gave it. It holds over recoveries of the shard, and ends with the server. An
 * order that the shard's phase does not allow is refused with {@link IllegalStateException}, a number without a shard
 * with {@link IllegalArgumentException}; both say what is the case.
 */
public interface ShardOperations {
    /**
     * Lets no more commands in: they are answered with {@link Outcome.Unavailable} and the reason. What was taken is
     * finished; reads go on. Only of a shard that serves.
     */
    void pause(int shard, Order order);

    /**
     * Lets nothing in any more and finishes what was taken, for a planned stop: the shard is {@link
     * ShardStatus.Phase#DRAINED} when every outcome is in its log. Only of a shard that serves or is paused.
     */
    void drain(int shard, Order order);

    /** Lets everything in again. Only of a shard that is paused, draining or drained. */
    void resume(int shard, Order order);

    /**
     * Who wants something done, and why.
     *
     * @param by name of the operator
     * @param reason one sentence; callers are told
     */
    record Order(String by, String reason) {
        public Order {
            if (by.isBlank()) {
                throw new IllegalArgumentException("an order needs the name of the one who gives it");
            }
        }
    }
}
