package io.mainstay.core.shard;

import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.shard.Durability.Async;
import io.mainstay.core.shard.Durability.GroupCommit;
import io.mainstay.core.shard.Durability.Sync;
import java.util.Set;

/**
 * The limits of one shard.
 *
 * @param batches of commands that go into the log together
 * @param keys idempotency keys that are remembered
 * @param durability when commands are answered
 * @param messages what waits for other shards
 * @param tailsAllowed domains and versions, as {@code ledger@1}, whose commands without an outcome in the log may be
 *     decided by the installed version
 * @param formats of what is written anew
 * @param shards how many there are in all
 */
public record ShardConfig(
        BatchLimits batches,
        KeyLimits keys,
        Durability durability,
        MessageLimits messages,
        Set<String> tailsAllowed,
        Formats formats,
        int shards) {
    public static final ShardConfig DEFAULT = new ShardConfig(BatchLimits.DEFAULT, KeyLimits.DEFAULT);

    /**
     * The limits of log frames.
     *
     * @param countMax commands in one frame, at most
     * @param bytesMax bytes of commands in one frame, at most; outcomes may take twice as much beside them
     * @param inFlightMax frames appended but not yet durable, at most
     * @param pipelineCountMin with a frame in flight, another one is begun only when so many commands wait
     * @param tenantCountMax commands of one tenant in one frame, at most, while another tenant is there
     */
    public record BatchLimits(int countMax, int bytesMax, int inFlightMax, int pipelineCountMin, int tenantCountMax) {
        public static final int TENANT_COUNT_MAX_DEFAULT = 128;
        public static final BatchLimits DEFAULT = new BatchLimits(4096, 256 * 1024, 4, 256);

        public BatchLimits(int countMax, int bytesMax, int inFlightMax, int pipelineCountMin) {
            this(countMax, bytesMax, inFlightMax, pipelineCountMin, TENANT_COUNT_MAX_DEFAULT);
        }

        public BatchLimits {
            require("countMax", countMax);
            require("bytesMax", bytesMax);
            require("inFlightMax", inFlightMax);
            require("pipelineCountMin", pipelineCountMin);
            require("tenantCountMax", tenantCountMax);
        }
    }

    /**
     * The limits of what is remembered.
     *
     * @param countMax idempotency keys, at most; the oldest goes first
     * @param ageMicrosMax how long a key is remembered, at most
     */
    public record KeyLimits(int countMax, long ageMicrosMax) {
        public static final KeyLimits DEFAULT = new KeyLimits(1_000_000, 86_400_000_000L);

        public KeyLimits {
            require("countMax", countMax);
            require("ageMicrosMax", ageMicrosMax);
        }
    }

    /**
     * The limits of messages between shards.
     *
     * @param outboxMax messages to one shard that it has not acknowledged: with so many, commands that would send more
     *     are refused
     * @param resendMicros after this time without an acknowledgement messages are sent again
     * @param sagasMax sagas that have not ended: with so many, commands that would begin another are refused
     */
    public record MessageLimits(int outboxMax, long resendMicros, int sagasMax) {
        public static final MessageLimits DEFAULT = new MessageLimits(100_000, 500_000, 100_000);

        public MessageLimits {
            require("outboxMax", outboxMax);
            require("resendMicros", resendMicros);
            require("sagasMax", sagasMax);
        }
    }

    /**
     * How new frames and snapshots are written; each tells how, so that all that are installed are read.
     *
     * @param snapshotCodec name of the codec of snapshots
     */
    public record Formats(PayloadEncoding payloads, String snapshotCodec) {
        public static final Formats DEFAULT = new Formats(PayloadEncoding.PLAIN, SnapshotCodecs.BINARY);
    }

    public ShardConfig {
        tailsAllowed = Set.copyOf(tailsAllowed);
        require("shards", shards);
    }

    /** Commands in one log frame, at most, under the durability policy. */
    int frameCountMax() {
        return switch (durability) {
            case Sync() -> 1;
            case GroupCommit() -> batches.countMax();
            case Async(var countMax, var microsMax) -> Math.min(batches.countMax(), countMax);
        };
    }

    /** Frames appended but not yet durable, at most, under the durability policy. */
    int framesInFlightMax() {
        return durability instanceof Sync ? 1 : batches.inFlightMax();
    }

    public ShardConfig(BatchLimits batches, KeyLimits keys) {
        this(batches, keys, new GroupCommit(), MessageLimits.DEFAULT, Set.of(), Formats.DEFAULT);
    }

    /** The limits of the only shard. */
    public ShardConfig(
            BatchLimits batches,
            KeyLimits keys,
            Durability durability,
            MessageLimits messages,
            Set<String> tailsAllowed,
            Formats formats) {
        this(batches, keys, durability, messages, tailsAllowed, formats, 1);
    }

    /** The same limits under another durability policy. */
    public ShardConfig with(Durability other) {
        return new ShardConfig(batches, keys, other, messages, tailsAllowed, formats, shards);
    }

    /** The same limits with other ones for messages. */
    public ShardConfig with(MessageLimits other) {
        return new ShardConfig(batches, keys, durability, other, tailsAllowed, formats, shards);
    }

    /** The same limits, with these tails allowed. */
    public ShardConfig withTailsAllowed(Set<String> allowed) {
        return new ShardConfig(batches, keys, durability, messages, allowed, formats, shards);
    }

    /** The same limits, with these formats. */
    public ShardConfig with(Formats others) {
        return new ShardConfig(batches, keys, durability, messages, tailsAllowed, others, shards);
    }

    /** The same limits for one of so many shards. */
    public ShardConfig of(int count) {
        return new ShardConfig(batches, keys, durability, messages, tailsAllowed, formats, count);
    }

    private static void require(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", at least 1 wanted");
        }
    }
}
