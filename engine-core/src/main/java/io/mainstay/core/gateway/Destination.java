package io.mainstay.core.gateway;

/** Where a command goes. */
public sealed interface Destination {
    /** To this shard; {@link CommandRouter#settle} has to follow, with what became of the command. */
    record Shard(int number) implements Destination {}

    /** Nowhere; this is its answer. */
    record Refused(Outcome outcome) implements Destination {}
}
