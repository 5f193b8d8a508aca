package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.route.KnownIds;
import io.mainstay.core.shard.DomainState.Execution;
import io.mainstay.core.shard.IdempotencyStore.Remembered;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All that a shard knows: the states of its domains and the keys it remembers. Changes only by durable commands. */
final class ShardMemory {
    private final int shard;
    private final ShardState state;
    private final IdempotencyStore keys;
    private final KnownIds aggregates;

    ShardMemory(int shard, Domains domains, ShardConfig config, KnownIds aggregates) {
        this.shard = shard;
        this.state = new ShardState(domains);
        this.keys = new IdempotencyStore(config);
        this.aggregates = aggregates;
    }

    ShardState state() {
        return state;
    }

    /** The answer to a command that was executed before, or null if its key is new. */
    @Nullable
    Outcome recall(UUID key, long requestHash) {
        Remembered remembered = keys.find(key);
        if (remembered == null) {
            return null;
        }
        return remembered.requestHash() == requestHash
                ? answer(remembered)
                : new Outcome.KeyReused(shard, remembered.offset());
    }

    /** Executes a durable command once. Hot: one call per command. */
    Executed execute(long offset, long timestampMicros, Command command, LoggedCommand logged, long requestHash) {
        Remembered remembered = keys.find(logged.key());
        if (remembered != null) {
            return remembered.requestHash() == requestHash
                    ? new Executed(new LoggedOutcome.Repeated(remembered.offset()), answer(remembered))
                    : new Executed(
                            new LoggedOutcome.KeyReused(remembered.offset()),
                            new Outcome.KeyReused(shard, remembered.offset()));
        }
        Execution execution = state.domain(logged.domainId()).execute(command, timestampMicros);
        know(execution.events());
        keys.remember(logged.key(), new Remembered(requestHash, offset, timestampMicros, execution.outcome()));
        return new Executed(
                execution.outcome(), outcome(offset, timestampMicros, execution.outcome(), execution.events(), false));
    }

    /** Executes a command of the log's tail again, as it was executed when it was new. */
    Executed executeAgain(ShardReplay.Pending pending) {
        LoggedCommand logged = pending.logged();
        Command command = state.domain(logged.domainId()).decodeCommand(logged.bytes());
        return execute(pending.offset(), pending.timestampMicros(), command, logged, logged.requestHash());
    }

    /** Applies what the log says became of a command. */
    void replay(ShardReplay.Pending pending, LoggedOutcome outcome) {
        if (outcome instanceof LoggedOutcome.Accepted(var version, var domainId, var events)) {
            state.domain(domainId).apply(events);
        }
        if (outcome instanceof LoggedOutcome.Accepted || outcome instanceof LoggedOutcome.Rejected) {
            LoggedCommand logged = pending.logged();
            keys.remember(
                    logged.key(),
                    new Remembered(logged.requestHash(), pending.offset(), pending.timestampMicros(), outcome));
        }
    }

    void retain(long timestampMicros) {
        keys.retain(timestampMicros);
    }

    void encodeKeys(WireWriter out, Runnable chunkEnd) {
        keys.encode(out, chunkEnd);
    }

    void decodeKeys(WireReader chunk) {
        keys.decode(chunk);
    }

    /** Tells where the aggregates live, once all that is durable was read: a log that turns out damaged tells nothing. */
    void announce() {
        state.domains().forEach(domain -> domain.aggregates(id -> aggregates.know(id, shard)));
    }

    private void know(List<? extends Event> events) {
        for (Event event : events) {
            UUID created = event.created();
            if (created != null) {
                aggregates.know(created, shard);
            }
        }
    }

    private Outcome answer(Remembered remembered) {
        List<? extends Event> events = remembered.outcome() instanceof LoggedOutcome.Accepted accepted
                ? state.domain(accepted.domainId()).decode(accepted.events())
                : List.of();
        return outcome(remembered.offset(), remembered.timestampMicros(), remembered.outcome(), events, true);
    }

    private Outcome outcome(
            long offset, long timestampMicros, LoggedOutcome logged, List<? extends Event> events, boolean repeated) {
        return switch (logged) {
            case LoggedOutcome.Accepted(var version, var domainId, var encoded) ->
                new Outcome.Accepted(shard, offset, timestampMicros, version, events, repeated);
            case LoggedOutcome.Rejected(var version, var rejection) ->
                new Outcome.Rejected(shard, offset, timestampMicros, version, rejection, repeated);
            case LoggedOutcome.Repeated(var original) -> new Outcome.KeyReused(shard, original);
            case LoggedOutcome.KeyReused(var original) -> new Outcome.KeyReused(shard, original);
        };
    }

    /** A command's outcome, as it is logged and as it is answered. */
    record Executed(LoggedOutcome logged, Outcome answer) {}
}
