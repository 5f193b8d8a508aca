package io.mainstay.core.gateway;

/** Is given the answer to a command. Called on a shard's thread, mostly: short, and it must not block. */
@FunctionalInterface
public interface Reply {
    /** The answer, once. {@link Outcome.Begun} if the command's shard stops before its saga has ended. */
    void accept(Outcome outcome);

    /** The command is durable and goes on on several shards; the answer comes when that is done. At most once, before it. */
    default void begun(Outcome.Begun begun) {}
}
