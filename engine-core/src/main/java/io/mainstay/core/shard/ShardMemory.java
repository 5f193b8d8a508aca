package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Skipped;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.OutcomeWriter;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.log.SentMessage;
import io.mainstay.core.route.Homes;
import io.mainstay.core.route.KnownIds;
import io.mainstay.core.shard.IdempotencyStore.Remembered;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a shard knows: the states of its domains, the keys it remembers, and its mail. Changes only by durable
 * entries; what became of each is written into a buffer of outcomes.
 */
final class ShardMemory {
    private final int shard;
    private final Domains domains;
    private final int outboxMax;
    private final ShardState state;
    private final IdempotencyStore keys;
    private final RecentKeys recentKeys = new RecentKeys();
    private final Mail mail = new Mail();
    private final Context context = new Context();
    private KnownIds aggregates = KnownIds.NONE;

    private Map<Integer, Integer> versionsSeen = Map.of();
    private boolean areHashesKnown = true;

    ShardMemory(int shard, Domains domains, ShardConfig config) {
        this.shard = shard;
        this.domains = domains;
        this.outboxMax = config.messages().outboxMax();
        this.state = new ShardState(domains);
        this.keys = new IdempotencyStore(config);
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
        aggregates = directory;
        state.domains().forEach(domain -> domain.aggregates(id -> directory.know(id, shard)));
        directory.retain(shard, this::holds);
    }

    private boolean holds(UUID aggregate) {
        return state.domains().stream().anyMatch(domain -> domain.version(aggregate) > 0);
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
        context.at(offset, timestampMicros);
        int from = out.size();
        Outcome answer = command instanceof CommandGroup group
                ? executeGroup(group, logged.expectedVersion(), out)
                : executeOne(command, logged.domainId(), logged.expectedVersion(), outboxMax, out);
        keys.add(logged.key(), requestHash, offset, timestampMicros, out.array(), from, out.size() - from);
        recentKeys.add(logged.key());
        return answer;
    }

    /** Executes the next message of its sender. */
    void execute(long offset, long timestampMicros, ReceivedMessage message, WireWriter out) {
        mail.receive(message.sender(), message.number());
        context.at(offset, timestampMicros);
        Command command = domains.decode(message.domainId(), message.bytes());
        executeOne(command, message.domainId(), LoggedCommand.ANY_VERSION, Integer.MAX_VALUE, out);
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
        }
    }

    /** Applies what the log says became of an entry. */
    void replay(ShardReplay.Pending pending, LoggedOutcome outcome) {
        if (outcome instanceof LoggedOutcome.Accepted(var version, var events, var messages, var skipped)) {
            for (LoggedEvent event : events) {
                DomainState<?, ?, ?> domain = state.domain(event.domainId());
                domain.apply(domain.decodeEvent(event.bytes()));
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

    private Outcome executeOne(Command command, int domainId, long expectedVersion, int sendMax, WireWriter out) {
        DomainState<?, ?, ?> domain = state.domain(domainId);
        Rejection stale = checkVersion(domain, command.leading(), expectedVersion);
        if (stale != null) {
            return reject(domain, command, stale, out);
        }
        return switch (domain.decide(command, context)) {
            case Decision.Accepted<?>(var events, var sent) -> {
                Rejection behind = checkOutboxes(sent, sendMax);
                if (behind != null) {
                    yield reject(domain, command, behind, out);
                }
                int from = out.size();
                List<SentMessage> messages;
                try {
                    messages = begin(events.size(), sent, List.of(), out);
                    domain.encodeEvents(events, out);
                } catch (RuntimeException bug) {
                    out.truncate(from);
                    yield reject(domain, command, rejection(DomainState.failed("encode its events", bug)), out);
                }
                domain.apply(events);
                yield accept(domain, command, events, messages, List.of(), out);
            }
            case Decision.Begun<?>(var saga) -> throw new UnsupportedOperationException("sagas: " + saga);
            case Decision.Rejected<?>(var rejection) -> reject(domain, command, rejection, out);
        };
    }

    private Outcome executeGroup(CommandGroup group, long expectedVersion, WireWriter out) {
        Command first = group.commands().get(0);
        DomainState<?, ?, ?> domain = state.domain(domains.of(first).id());
        Rejection stale = checkVersion(domain, first.leading(), expectedVersion);
        if (stale != null) {
            return reject(domain, first, stale, out);
        }
        Transaction transaction = new Transaction(domains, state, context);
        Rejection refused = transaction.run(group.steps());
        if (refused == null && transaction.events().isEmpty()) {
            refused = transaction.skipped().get(0).rejection();
        }
        if (refused == null) {
            refused = checkOutboxes(transaction.messages(), outboxMax);
        }
        if (refused != null) {
            transaction.rollback();
            return reject(domain, first, refused, out);
        }
        List<Event> events = transaction.events();
        List<SentMessage> messages = begin(events.size(), transaction.messages(), transaction.skipped(), out);
        out.writeRaw(transaction.encoded().array(), 0, transaction.encoded().size());
        return accept(domain, first, events, messages, transaction.skipped(), out);
    }

    private @Nullable Rejection checkVersion(DomainState<?, ?, ?> domain, UUID leading, long expected) {
        if (expected == LoggedCommand.ANY_VERSION) {
            return null;
        }
        long current = domain.version(leading);
        return current == expected
                ? null
                : new Rejection(
                        Rejection.Kind.CONFLICT,
                        "version-mismatch",
                        "%s is at version %d, and %d was expected.".formatted(leading, current, expected),
                        "");
    }

    /** The number of messages that wait is part of the state, so this is decided the same way again. */
    private @Nullable Rejection checkOutboxes(List<Message> sent, int sendMax) {
        for (Message message : sent) {
            if (mail.waiting(message.receiver()) + sent.size() > sendMax) {
                return new Rejection(
                        Rejection.Kind.REFUSED,
                        "shard-behind",
                        "Shard %d has %d messages of this shard to take; ask again later."
                                .formatted(message.receiver(), mail.waiting(message.receiver())),
                        "");
            }
        }
        return null;
    }

    private List<SentMessage> begin(int events, List<Message> sent, List<Skipped> skipped, WireWriter out) {
        if (sent.isEmpty() && skipped.isEmpty()) {
            OutcomeWriter.beginAccepted(out, events);
            return List.of();
        }
        List<SentMessage> messages = new ArrayList<>(sent.size());
        for (Message message : sent) {
            WireWriter bytes = new WireWriter(128);
            domains.encode(message.command(), bytes);
            messages.add(new SentMessage(message.receiver(), domains.idOf(message.command()), bytes.toByteArray()));
        }
        OutcomeWriter.beginAcceptedWithMore(out, events);
        return messages;
    }

    private Outcome accept(
            DomainState<?, ?, ?> domain,
            Command command,
            List<? extends Event> events,
            List<SentMessage> messages,
            List<Skipped> skipped,
            WireWriter out) {
        if (!messages.isEmpty() || !skipped.isEmpty()) {
            OutcomeWriter.more(out, messages, skipped);
            messages.forEach(message -> mail.send(message, context.offset()));
        }
        long version = domain.version(command.leading());
        OutcomeWriter.endAccepted(out, version);
        announce(events);
        return new Outcome.Accepted(shard, context.offset(), context.nowMicros(), version, events, skipped, false);
    }

    private Outcome reject(DomainState<?, ?, ?> domain, Command command, Rejection rejection, WireWriter out) {
        long version = domain.version(command.leading());
        OutcomeWriter.rejected(out, version, rejection);
        return new Outcome.Rejected(shard, context.offset(), context.nowMicros(), version, rejection, false);
    }

    private static Rejection rejection(Decision<?> rejected) {
        return ((Decision.Rejected<?>) rejected).rejection();
    }

    private void announce(List<? extends Event> events) {
        for (int index = 0; index < events.size(); index++) {
            UUID created = events.get(index).created();
            if (created != null) {
                aggregates.know(created, shard);
            }
        }
    }

    private Outcome answer(Remembered remembered) {
        return switch (remembered.outcome()) {
            case LoggedOutcome.Accepted(var version, var events, var messages, var skipped) ->
                new Outcome.Accepted(
                        shard,
                        remembered.offset(),
                        remembered.timestampMicros(),
                        version,
                        decode(events),
                        skipped,
                        true);
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

    /** Reused for every entry. */
    private final class Context implements CommandContext {
        private long offset;
        private long nowMicros;
        private Homes homes = Homes.HERE;

        void at(long entryOffset, long entryMicros) {
            offset = entryOffset;
            nowMicros = entryMicros;
        }

        @Override
        public long nowMicros() {
            return nowMicros;
        }

        @Override
        public int shard() {
            return shard;
        }

        @Override
        public long offset() {
            return offset;
        }

        @Override
        public int shardOf(UUID aggregate) {
            return homes.shardOf(aggregate, shard);
        }
    }
}
