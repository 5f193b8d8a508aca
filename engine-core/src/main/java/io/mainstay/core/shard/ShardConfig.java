package io.mainstay.core.shard;

import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.shard.Durability.Async;
import io.mainstay.core.shard.Durability.GroupCommit;
import io.mainstay.core.shard.Durability.Sync;
import java.util.Set;

/**
 * The limits of one shard.
 *
 * @param batchCountMax commands in one log frame, at most
 * @param batchBytesMax bytes of commands in one log frame, at most; outcomes may take twice as much beside them
 * @param inFlightMax frames appended but not yet durable, at most
 * @param pipelineCountMin with a frame in flight, another one is begun only when so many commands wait
 * @param keysMax idempotency keys remembered, at most; the oldest goes first
 * @param keyAgeMicrosMax how long an idempotency key is remembered, at most
 * @param durability when commands are answered
 * @param messages what waits for other shards
 * @param tailsAllowed domains and versions, as {@code ledger@1}, whose commands without an outcome in the log may be
 *     decided by the installed version
 * @param formats of what is written anew
 */
public record ShardConfig(
        int batchCountMax,
        int batchBytesMax,
        int inFlightMax,
        int pipelineCountMin,
        int keysMax,
        long keyAgeMicrosMax,
        Durability durability,
        MessageLimits messages,
        Set<String> tailsAllowed,
        Formats formats) {
    private static final int PIPELINE_COUNT_MIN = 256;

    public static final ShardConfig DEFAULT = new ShardConfig(4096, 256 * 1024, 4, 1_000_000, 86_400_000_000L);

    /**
     * The limits of messages between shards.
     *
     * @param outboxMax messages to one shard that it has not acknowledged: with so many, commands that would send more
     *     are refused
     * @param resendMicros after this time without an acknowledgement messages are sent again
     */
    public record MessageLimits(int outboxMax, long resendMicros) {
        public static final MessageLimits DEFAULT = new MessageLimits(100_000, 500_000);

        public MessageLimits {
            require("outboxMax", outboxMax);
            require("resendMicros", resendMicros);
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
        require("batchCountMax", batchCountMax);
        require("batchBytesMax", batchBytesMax);
        require("inFlightMax", inFlightMax);
        require("pipelineCountMin", pipelineCountMin);
        require("keysMax", keysMax);
        require("keyAgeMicrosMax", keyAgeMicrosMax);
        tailsAllowed = Set.copyOf(tailsAllowed);
    }

    /** Commands in one log frame, at most, under the durability policy. */
    int frameCountMax() {
        return switch (durability) {
            case Sync() -> 1;
            case GroupCommit() -> batchCountMax;
            case Async(var countMax, var microsMax) -> Math.min(batchCountMax, countMax);
        };
    }

    /** Frames appended but not yet durable, at most, under the durability policy. */
    int framesInFlightMax() {
        return durability instanceof Sync ? 1 : inFlightMax;
    }

    public ShardConfig(int batchCountMax, int batchBytesMax, int inFlightMax, int keysMax, long keyAgeMicrosMax) {
        this(
                batchCountMax,
                batchBytesMax,
                inFlightMax,
                PIPELINE_COUNT_MIN,
                keysMax,
                keyAgeMicrosMax,
                new GroupCommit(),
                MessageLimits.DEFAULT,
                Set.of(),
                Formats.DEFAULT);
    }

    /** The same limits under another durability policy. */
    public ShardConfig with(Durability other) {
        return new ShardConfig(
                batchCountMax,
                batchBytesMax,
                inFlightMax,
                pipelineCountMin,
                keysMax,
                keyAgeMicrosMax,
                other,
                messages,
                tailsAllowed,
                formats);
    }

    /** The same limits, with another least size of frames behind one in flight. */
    public ShardConfig withPipelineCountMin(int other) {
        return new ShardConfig(
                batchCountMax,
                batchBytesMax,
                inFlightMax,
                other,
                keysMax,
                keyAgeMicrosMax,
                durability,
                messages,
                tailsAllowed,
                formats);
    }

    /** The same limits with other ones for messages. */
    public ShardConfig with(MessageLimits other) {
        return new ShardConfig(
                batchCountMax,
                batchBytesMax,
                inFlightMax,
                pipelineCountMin,
                keysMax,
                keyAgeMicrosMax,
                durability,
                other,
                tailsAllowed,
                formats);
    }

    /** The same limits, with these tails allowed. */
    public ShardConfig withTailsAllowed(Set<String> allowed) {
        return new ShardConfig(
                batchCountMax,
                batchBytesMax,
                inFlightMax,
                pipelineCountMin,
                keysMax,
                keyAgeMicrosMax,
                durability,
                messages,
                allowed,
                formats);
    }

    /** The same limits, with these formats. */
    public ShardConfig with(Formats others) {
        return new ShardConfig(
                batchCountMax,
                batchBytesMax,
                inFlightMax,
                pipelineCountMin,
                keysMax,
                keyAgeMicrosMax,
                durability,
                messages,
                tailsAllowed,
                others);
    }

    private static void require(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", at least 1 wanted");
        }
    }
}
