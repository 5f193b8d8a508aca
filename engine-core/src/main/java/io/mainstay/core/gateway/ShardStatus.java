package io.mainstay.core.gateway;

import java.util.Optional;

/**
 * What a shard is doing. Times are in microseconds, moments since the epoch.
 *
 * @param nextOffset offset that the next executed command will have
 * @param replay what the last recovery read back
 * @param lastSync the last append that became durable; empty if there was none yet
 * @param lastSnapshot the newest snapshot that this server took or began with
 * @param detail why the shard does not serve; empty if it does
 */
public record ShardStatus(
        int shard,
        Phase phase,
        int epoch,
        long nextOffset,
        Load load,
        Replay replay,
        Optional<Sync> lastSync,
        Optional<Snapshot> lastSnapshot,
        String detail) {
    /** Commands that wait to be sequenced. */
    public int mailboxDepth() {
        return load.mailboxDepth();
    }

    /** Batches that are appended but not yet durable. */
    public int inFlight() {
        return load.inFlight();
    }

    /** Commands read back by the last recovery. */
    public long replayed() {
        return replay.commands();
    }

    /** The phases of a shard's life. */
    public enum Phase {
        /** Reads its log back; does not serve yet. */
        RECOVERING(false),
        /** Takes commands and answers. */
        SERVING(true),
        /** Answers reads, but takes no commands until it is resumed. */
        PAUSED(true),
        /** Takes nothing more and finishes what it has taken. */
        DRAINING(true),
        /** Has finished all that it had taken; takes nothing until it is resumed. */
        DRAINED(true),
        /** Broken in a way that recovery may mend; it is tried again. */
        FAILED(false),
        /** Will not serve again without an operator: its log is damaged. */
        DAMAGED(false),
        /** Shut down in order. */
        STOPPED(false);

        private final boolean running;

        Phase(boolean running) {
            this.running = running;
        }

        /** True if the shard has recovered and owns its log, whatever an operator lets into it. */
        public boolean isRunning() {
            return running;
        }
    }

    /**
     * Work that is not done.
     *
     * @param mailboxDepth submissions that wait to be sequenced
     * @param inFlight batches that are appended but not yet durable
     * @param oldestMicros how long the oldest of all that has waited, at most
     */
    public record Load(int mailboxDepth, int inFlight, long oldestMicros) {
        public static final Load NONE = new Load(0, 0, 0);
    }

    /** A recovery: commands applied or decided again, and the time that it took. */
    public record Replay(long commands, long durationMicros) {
        public static final Replay NONE = new Replay(0, 0);

        /** Commands a second; 0 if there were none. */
        public long perSecond() {
            return durationMicros == 0 ? 0 : commands * 1_000_000 / durationMicros;
        }
    }

    /** When the shard saw an append durable, and how long after it had been handed to the log. */
    public record Sync(long atMicros, long durationMicros) {}

    /** A snapshot of all commands below an offset, and when it was taken or, at the start, found. */
    public record Snapshot(long offset, long atMicros) {}
}
