package io.mainstay.core.domain;

/** Where and when a command is decided: the same when it is decided again. Valid during the call only. */
public interface CommandContext {
    /** Time of the command's batch, in microseconds since the epoch. */
    long nowMicros();

    /** The shard that decides: where answers to a message of its own go. */
    int shard();

    /** Position of the command in its shard's log. */
    long offset();

    /** A context that stays as it is, for deciding outside a shard. */
    static CommandContext of(int shard, long offset, long nowMicros) {
        return new Fixed(shard, offset, nowMicros);
    }

    /** See {@link #of}. */
    record Fixed(int shard, long offset, long nowMicros) implements CommandContext {}
}
