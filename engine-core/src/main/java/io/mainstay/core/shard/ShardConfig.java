package io.mainstay.core.shard;

/**
 * The limits of one shard.
 *
 * @param batchCountMax commands in one log frame, at most
 * @param batchBytesMax bytes of commands in one log frame, at most; outcomes may take twice as much beside them
 * @param inFlightMax frames appended but not yet durable, at most
 * @param keysMax idempotency keys remembered, at most; the oldest goes first
 * @param keyAgeMicrosMax how long an idempotency key is remembered, at most
 */
public record ShardConfig(int batchCountMax, int batchBytesMax, int inFlightMax, int keysMax, long keyAgeMicrosMax) {
    public static final ShardConfig DEFAULT = new ShardConfig(4096, 256 * 1024, 4, 1_000_000, 86_400_000_000L);

    public ShardConfig {
        require("batchCountMax", batchCountMax);
        require("batchBytesMax", batchBytesMax);
        require("inFlightMax", inFlightMax);
        require("keysMax", keysMax);
        require("keyAgeMicrosMax", keyAgeMicrosMax);
    }

    private static void require(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", at least 1 wanted");
        }
    }
}
