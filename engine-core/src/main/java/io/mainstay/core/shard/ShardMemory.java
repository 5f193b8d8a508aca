package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.OutcomeWriter;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.TimePassed;
import io.mainstay.core.route.KnownIds;
import io.mainstay.core.saga.SagaEvent;
import io.mainstay.core.saga.SagaState;
import io.mainstay.core.shard.IdempotencyStore.Remembered;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a shard knows: the states of its domains, the keys it remembers, and its mail. Changes only by durable
 * entries; what became of each is written into a buffer of outcomes.
 */
final class ShardMemory {
    private final int shard;
    private final Domains domains;
    private final ShardState state;
    private final IdempotencyStore keys;
    private final RecentKeys recentKeys = new RecentKeys();
    private final Mail mail = new Mail();
    private final Execution execution;
    private final @Nullable SagaState sagas;

    private Map<Integer, Integer> versionsSeen = Map.of();
    private boolean areHashesKnown = true;

    ShardMemory(int shard, Domains domains, ShardConfig config) {
        this.shard = shard;
        this.domains = domains;
        this.state = new ShardState(domains);
        this.keys = new IdempotencyStore(config);
        this.execution = new Execution(shard, domains, config, state, mail);
        this.sagas = state.find(SagaState.class);
    }

    ShardState state() {
        return state;
    }

    IdempotencyStore keys() {
        return keys;
    }

    Mail mail() {
        return mail;
    }

    /** Tells where the aggregates of the state live, and from now on those that come to be. */
    void announceTo(KnownIds directory) {
        execution.announceTo(directory);
        state.domains().forEach(domain -> domain.aggregates((tenant, id) -> directory.know(id, shard)));
        directory.retain(shard, state::holds);
    }

    /** Brings near what executing the command will read; the result has no meaning, see {@link IdempotencyStore#touch}. */
    long touch(Command command, LoggedCommand logged) {
        long key = keys.touch(logged.key());
        return command instanceof CommandGroup
                ? key
                : key ^ state.domain(logged.domainId()).touch(command);
    }

    /** The answer to a command that was executed lately, or null if it has to go through the log. */
    @Nullable
    Outcome recallRecent(LoggedCommand logged, long requestHash) {
        if (!recentKeys.mayHold(logged.key())) {
            return null;
        }
        Remembered remembered = keys.find(logged.key());
        if (remembered == null) {
            return null;
        }
        return isSame(remembered, logged, requestHash)
                ? answer(remembered)
                : new Outcome.KeyReused(shard, remembered.offset());
    }

    /**
     * Executes a caller's durable command once, and writes its outcome. Hot: one call per command.
     *
     * @return the answer to the caller
     */
    Outcome execute(
            long offset,
            long timestampMicros,
            Command command,
            LoggedCommand logged,
            long requestHash,
            WireWriter out) {
        Remembered remembered = keys.find(logged.key());
        if (remembered != null) {
            return repeat(remembered, logged, requestHash, out);
        }
        int from = out.size();
        Outcome answer = execution.command(offset, timestampMicros, command, logged, out);
        keys.add(logged.key(), requestHash, offset, timestampMicros, out.array(), from, out.size() - from);
        recentKeys.add(logged.key());
        return answer;
    }

    /** Executes the next message of its sender. */
    void execute(long offset, long timestampMicros, ReceivedMessage message, WireWriter out) {
        mail.receive(message.sender(), message.number());
        Command command = domains.decode(message.domainId(), message.bytes());
        execution.message(offset, timestampMicros, command, message.domainId(), out);
    }

    /** Has the domain decide what is due; false if nothing is, or if it failed. */
    boolean execute(long offset, long timestampMicros, TimePassed time, WireWriter out) {
        return execution.elapse(offset, timestampMicros, time.domainId(), out);
    }

    /**
     * The sagas that the last entry has ended: what the commands that began them are answered now, and whenever they are
     * asked again.
     */
    List<SagaEvent.Ended> settle() {
        List<SagaEvent.Ended> ended = execution.ended();
        ended.forEach(this::settle);
        return ended;
    }

    private void settle(SagaEvent.Ended saga) {
        saga.refusal().ifPresent(refusal -> keys.undo(saga.saga(), refusal));
    }

    void execute(Acknowledgement acknowledgement, WireWriter out) {
        mail.acknowledge(acknowledgement.receiver(), acknowledgement.upTo());
        OutcomeWriter.recorded(out);
    }

    /** Executes an entry of the log's tail again, as it was executed when it was new. */
    void executeAgain(ShardReplay.Pending pending, WireWriter out) {
        switch (pending.entry()) {
            case LoggedCommand logged -> {
                Command command = domains.decode(logged.domainId(), logged.bytes());
                execute(
                        pending.offset(),
                        pending.timestampMicros(),
                        command,
                        logged,
                        requestHash(pending, logged),
                        out);
            }
            case ReceivedMessage message -> execute(pending.offset(), pending.timestampMicros(), message, out);
            case Acknowledgement acknowledgement -> execute(acknowledgement, out);
            case TimePassed time -> execute(pending.offset(), pending.timestampMicros(), time, out);
        }
        settle();
    }

    /** Applies what the log says became of an entry. */
    void replay(ShardReplay.Pending pending, LoggedOutcome outcome) {
        if (outcome instanceof LoggedOutcome.Accepted(var version, var events, var messages, var skipped)) {
            for (LoggedEvent event : events) {
                DomainState<?, ?, ?> domain = state.domain(event.domainId());
                Event decoded = domain.decodeEvent(event.bytes());
                domain.apply(decoded);
                if (decoded instanceof SagaEvent.Ended ended) {
                    settle(ended);
                }
            }
            messages.forEach(message -> mail.send(message, pending.offset()));
        }
        boolean decided = outcome instanceof LoggedOutcome.Accepted || outcome instanceof LoggedOutcome.Rejected;
        switch (pending.entry()) {
            case LoggedCommand logged -> {
                if (decided) {
                    keys.add(
                            logged.key(),
                            requestHash(pending, logged),
                            pending.offset(),
                            pending.timestampMicros(),
                            outcome);
                }
            }
            case ReceivedMessage message -> mail.receive(message.sender(), message.number());
            case Acknowledgement(var receiver, var upTo) -> mail.acknowledge(receiver, upTo);
            case TimePassed time -> {}
        }
    }

    /**
     * Once an upcaster rewrites commands, nobody writes the bytes any more that a hash was made of. From the log and from a
     * snapshot it is unknown then, so that both give the same state.
     */
    @SuppressWarnings(
            "ReferenceEquality") // One map a frame: comparing what it holds for each command would take longer.
    private long requestHash(ShardReplay.Pending pending, LoggedCommand logged) {
        if (pending.domainVersions() != versionsSeen) {
            versionsSeen = pending.domainVersions();
            areHashesKnown = !domains.rewritesCommands(versionsSeen);
        }
        return areHashesKnown ? logged.requestHash() : LoggedCommand.HASH_UNKNOWN;
    }

    void retain(long timestampMicros) {
        keys.retain(timestampMicros);
    }

    /** What was remembered by a snapshot of format 1 has the hash of that format. An unknown one is equal to all. */
    private static boolean isSame(Remembered remembered, LoggedCommand logged, long requestHash) {
        return remembered.requestHash() == requestHash
                || remembered.requestHash() == LoggedCommand.HASH_UNKNOWN
                || remembered.requestHash() == logged.firstFormatHash();
    }

    private Outcome repeat(Remembered remembered, LoggedCommand logged, long requestHash, WireWriter out) {
        if (isSame(remembered, logged, requestHash)) {
            OutcomeWriter.repeated(out, remembered.offset());
            return answer(remembered);
        }
        OutcomeWriter.keyReused(out, remembered.offset());
        return new Outcome.KeyReused(shard, remembered.offset());
    }

    private Outcome answer(Remembered remembered) {
        return switch (remembered.outcome()) {
            case LoggedOutcome.Accepted(var version, var logged, var messages, var skipped) -> {
                List<? extends Event> events = decode(logged);
                yield sagas != null && sagas.isRunning(remembered.offset())
                        ? execution.begun(remembered.offset(), remembered.timestampMicros(), version, events, true)
                        : new Outcome.Accepted(
                                shard,
                                remembered.offset(),
                                remembered.timestampMicros(),
                                version,
                                Execution.ofDomains(events),
                                skipped,
                                true);
            }
            case LoggedOutcome.Rejected(var version, var rejection) ->
                new Outcome.Rejected(
                        shard, remembered.offset(), remembered.timestampMicros(), version, rejection, true);
            case LoggedOutcome.Repeated repeated -> throw notDecided(repeated);
            case LoggedOutcome.KeyReused reused -> throw notDecided(reused);
            case LoggedOutcome.Recorded recorded -> throw notDecided(recorded);
        };
    }

    private List<? extends Event> decode(List<LoggedEvent> events) {
        List<Event> decoded = new ArrayList<>(events.size());
        for (LoggedEvent event : events) {
            decoded.add(state.domain(event.domainId()).decodeEvent(event.bytes()));
        }
        return decoded;
    }

    private static IllegalStateException notDecided(LoggedOutcome outcome) {
        return new IllegalStateException("a key is remembered with " + outcome);
    }
}
