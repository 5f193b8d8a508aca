package io.mainstay.core.replay;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Event;
import java.util.List;
import java.util.Optional;

/**
 * An entry of a shard's log that changed an aggregate.
 *
 * @param timestampMicros since the epoch
 * @param sender the shard that sent the command; empty if a caller did, or the time
 * @param command empty if nothing but the time asked for it
 * @param events all that it became, those about other aggregates too
 */
public record AggregateChange(
        long offset,
        long timestampMicros,
        Optional<Integer> sender,
        Optional<Command> command,
        List<? extends Event> events) {
    public AggregateChange {
        events = List.copyOf(events);
    }
}
