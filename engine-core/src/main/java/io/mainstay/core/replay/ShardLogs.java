package io.mainstay.core.replay;

/** The logs of all shards, for those who read along. Safe for use by many threads. */
public interface ShardLogs {
    /** One shard's whole log, read on the caller's thread; {@link IllegalArgumentException} for a number without a shard. */
    ShardLog log(int shard);
}
