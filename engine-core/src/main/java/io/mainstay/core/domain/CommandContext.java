package io.mainstay.core.domain;

/** Where and when a command is decided: the same when it is decided again. Valid during the call only. */
public interface CommandContext {
    /** Time of the command's batch, in microseconds since the epoch. */
    long nowMicros();

    /** The shard that decides: where answers to a message of its own go. */
    int shard();

    /** Position of the command in its shard's log. */
    long offset();
}
