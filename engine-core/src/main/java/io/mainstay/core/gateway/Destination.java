package io.mainstay.core.gateway;

import io.mainstay.core.route.Homes;
import java.util.UUID;

/** Where a command goes. */
public sealed interface Destination {
    /**
     * To this shard; {@link CommandRouter#settle} has to follow, with what became of the command.
     *
     * @param homes where those of its aggregates live that are not on that shard
     */
    record Shard(int number, Homes homes) implements Destination {}

    /** To the shard that holds this aggregate, or to {@code fallback} if none does: they are to be asked. */
    record Search(UUID aggregate, Shard fallback) implements Destination {}

    /** Nowhere; this is its answer. */
    record Refused(Outcome outcome) implements Destination {}
}
