package io.mainstay.core.gateway;

/**
 * What a shard is doing.
 *
 * @param nextOffset offset that the next executed command will have
 * @param mailboxDepth commands that wait to be sequenced
 * @param inFlight batches that are appended but not yet durable
 * @param replayed commands read back by the last recovery
 * @param detail why the shard does not serve; empty if it does
 */
public record ShardStatus(
        int shard,
        Phase phase,
        int epoch,
        long nextOffset,
        int mailboxDepth,
        int inFlight,
        long replayed,
        String detail) {
    /** The phases of a shard's life. */
    public enum Phase {
        /** Reads its log back; does not serve yet. */
        RECOVERING,
        /** Takes commands and answers. */
        SERVING,
        /** Broken in a way that recovery may mend; it is tried again. */
        FAILED,
        /** Will not serve again without an operator: its log is damaged. */
        DAMAGED,
        /** Shut down in order. */
        STOPPED
    }
}
