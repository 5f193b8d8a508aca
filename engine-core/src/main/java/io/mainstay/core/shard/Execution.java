package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.domain.Skipped;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.OutcomeWriter;
import io.mainstay.core.log.SentMessage;
import io.mainstay.core.route.Homes;
import io.mainstay.core.route.KnownIds;
import io.mainstay.core.saga.SagaCommand;
import io.mainstay.core.saga.SagaDomain;
import io.mainstay.core.saga.SagaEvent;
import io.mainstay.core.saga.SagaState;
import io.mainstay.core.shard.ShardConfig.MessageLimits;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Has commands decided by their domains, applies what they decide, and writes the outcome as it stands in the log. */
final class Execution {
    private final int shard;
    private final Domains domains;
    private final int shards;
    private final MessageLimits limits;
    private final ShardState state;
    private final Mail mail;
    private final Context context = new Context();
    private final WireWriter transactionBytes = new WireWriter(1024);
    private final WireWriter messageBytes = new WireWriter(256);
    private final @Nullable SagaState sagas;
    private final @Nullable SagaSteps sagaSteps;
    private final List<SagaEvent.Ended> ended = new ArrayList<>();
    private KnownIds aggregates = KnownIds.NONE;

    Execution(int shard, Domains domains, ShardConfig config, ShardState state, Mail mail) {
        this.shard = shard;
        this.domains = domains;
        this.shards = config.shards();
        this.limits = config.messages();
        this.state = state;
        this.mail = mail;
        this.sagas = state.find(SagaState.class);
        this.sagaSteps = sagas == null ? null : new SagaSteps(domains, sagas, context);
    }

    /** Is told from now on which aggregates come to be. */
    void announceTo(KnownIds directory) {
        aggregates = directory;
    }

    /** Executes a caller's command. Hot: one call per command. */
    Outcome command(long offset, long timestampMicros, Command command, LoggedCommand logged, WireWriter out) {
        context.at(offset, timestampMicros, logged.homes());
        return command instanceof CommandGroup group
                ? group(group, logged.expectedVersion(), out)
                : one(command, logged.domainId(), logged, limits.outboxMax(), out);
    }

    /** Executes another shard's command. */
    void message(long offset, long timestampMicros, Command command, int domainId, WireWriter out) {
        context.at(offset, timestampMicros, Homes.HERE);
        if (command instanceof SagaCommand sagaCommand) {
            Transaction transaction = new Transaction(domains, state, context, transactionBytes);
            sagaSteps().take(sagaCommand, transaction);
            accept(state.domain(SagaDomain.ID), command, transaction, out);
        } else {
            one(command, domainId, null, Integer.MAX_VALUE, out);
        }
    }

    /**
     * Has the domain decide what has become due by the time.
     *
     * @return false if nothing has, or if the domain failed
     */
    boolean elapse(long offset, long timestampMicros, int domainId, WireWriter out) {
        context.at(offset, timestampMicros, Homes.HERE);
        DomainState<?, ?, ?> domain = state.domain(domainId);
        if (domain.dueMicros() > timestampMicros) {
            OutcomeWriter.recorded(out);
            return false;
        }
        if (domainId == SagaDomain.ID) {
            Transaction transaction = new Transaction(domains, state, context, transactionBytes);
            sagaSteps().elapse(transaction);
            accept(domain, null, transaction, out);
            return true;
        }
        return !(decided(domain, domain.elapse(context), null, Integer.MAX_VALUE, out) instanceof Outcome.Rejected);
    }

    /** The sagas of this shard that have ended since this was asked the last time. */
    List<SagaEvent.Ended> ended() {
        if (ended.isEmpty()) {
            return List.of();
        }
        List<SagaEvent.Ended> all = List.copyOf(ended);
        ended.clear();
        return all;
    }

    private Outcome one(Command command, int domainId, @Nullable LoggedCommand logged, int sendMax, WireWriter out) {
        DomainState<?, ?, ?> domain = state.domain(domainId);
        Rejection stale = logged == null ? null : checkVersion(domain, command.leading(), logged.expectedVersion());
        return stale == null
                ? decided(domain, domain.decide(command, context), command, sendMax, out)
                : reject(domain, command, stale, out);
    }

    private Outcome decided(
            DomainState<?, ?, ?> domain, Decision<?> decision, @Nullable Command command, int sendMax, WireWriter out) {
        return switch (decision) {
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
            case Decision.Begun<?>(var saga) -> saga(domain, command, saga, sendMax, out);
            case Decision.Rejected<?>(var rejection) -> reject(domain, command, rejection, out);
        };
    }

    private Outcome saga(
            DomainState<?, ?, ?> domain, @Nullable Command command, Saga saga, int sendMax, WireWriter out) {
        Transaction transaction = new Transaction(domains, state, context, transactionBytes);
        if (saga.isWithin(shard)) {
            Rejection refused = transaction.runAtOnce(saga);
            return refused == null ? accept(domain, command, transaction, out) : reject(domain, command, refused, out);
        }
        Rejection refused = checkSagas();
        if (refused == null) {
            refused = checkOutboxes(saga, sendMax);
        }
        if (refused == null) {
            refused = sagaSteps().begin(saga, transaction);
        }
        if (refused != null) {
            return reject(domain, command, refused, out);
        }
        Outcome.Accepted accepted = accept(domain, command, transaction, out);
        return begun(accepted.offset(), accepted.timestampMicros(), accepted.version(), accepted.events(), false);
    }

    /** The answer that a saga runs: of its events those of the domains. */
    Outcome.Begun begun(
            long offset, long timestampMicros, long version, List<? extends Event> events, boolean repeated) {
        return new Outcome.Begun(shard, offset, timestampMicros, version, ofDomains(events), repeated);
    }

    /** Events without those of the saga itself. */
    static List<Event> ofDomains(List<? extends Event> events) {
        List<Event> ofDomains = new ArrayList<>(events.size());
        for (Event event : events) {
            if (!(event instanceof SagaEvent)) {
                ofDomains.add(event);
            }
        }
        return ofDomains;
    }

    private SagaSteps sagaSteps() {
        if (sagaSteps == null) {
            throw new IllegalStateException("no sagas without their domain");
        }
        return sagaSteps;
    }

    private Outcome group(CommandGroup group, long expectedVersion, WireWriter out) {
        Command first = group.commands().get(0);
        DomainState<?, ?, ?> domain = state.domain(domains.of(first).id());
        Rejection stale = checkVersion(domain, first.leading(), expectedVersion);
        if (stale != null) {
            return reject(domain, first, stale, out);
        }
        Transaction transaction = new Transaction(domains, state, context, transactionBytes);
        Rejection refused = transaction.run(group.steps());
        if (refused == null && transaction.events().isEmpty()) {
            refused = transaction.skipped().get(0).rejection();
        }
        if (refused == null) {
            refused = checkOutboxes(transaction.messages(), limits.outboxMax());
        }
        if (refused != null) {
            transaction.rollback();
            return reject(domain, first, refused, out);
        }
        return accept(domain, first, transaction, out);
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
            Rejection behind = checkOutbox(message.receiver(), sent.size(), sendMax);
            if (behind != null) {
                return behind;
            }
        }
        return null;
    }

    private @Nullable Rejection checkOutboxes(Saga saga, int sendMax) {
        for (Saga.Step step : saga.steps()) {
            Rejection behind = checkOutbox(step.shard(), saga.steps().size(), sendMax);
            if (behind != null) {
                return behind;
            }
        }
        return null;
    }

    private @Nullable Rejection checkOutbox(int receiver, int more, int sendMax) {
        return mail.waiting(receiver) + more <= sendMax
                ? null
                : new Rejection(
                        Rejection.Kind.REFUSED,
                        "shard-behind",
                        "Shard %d has %d messages of this shard to take; ask again later."
                                .formatted(receiver, mail.waiting(receiver)),
                        "");
    }

    private @Nullable Rejection checkSagas() {
        if (sagas == null) {
            return new Rejection(
                    Rejection.Kind.REFUSED, "sagas-unsupported", "The domain of sagas is not installed.", "");
        }
        return sagas.size() < limits.sagasMax()
                ? null
                : new Rejection(
                        Rejection.Kind.REFUSED,
                        "sagas-too-many",
                        "Shard %d has %d sagas under way; ask again later.".formatted(shard, sagas.size()),
                        "");
    }

    private List<SentMessage> begin(int events, List<Message> sent, List<Skipped> skipped, WireWriter out) {
        if (sent.isEmpty() && skipped.isEmpty()) {
            OutcomeWriter.beginAccepted(out, events);
            return List.of();
        }
        List<SentMessage> messages = new ArrayList<>(sent.size());
        for (Message message : sent) {
            messageBytes.clear();
            domains.encode(message.command(), messageBytes);
            messages.add(
                    new SentMessage(message.receiver(), domains.idOf(message.command()), messageBytes.toByteArray()));
        }
        OutcomeWriter.beginAcceptedWithMore(out, events);
        return messages;
    }

    private Outcome.Accepted accept(
            DomainState<?, ?, ?> domain, @Nullable Command command, Transaction transaction, WireWriter out) {
        List<Event> events = transaction.events();
        List<SentMessage> messages = begin(events.size(), transaction.messages(), transaction.skipped(), out);
        out.writeRaw(transaction.encoded().array(), 0, transaction.encoded().size());
        for (Event event : events) {
            if (event instanceof SagaEvent.Ended end) {
                ended.add(end);
            }
        }
        return accept(domain, command, events, messages, transaction.skipped(), out);
    }

    private Outcome.Accepted accept(
            DomainState<?, ?, ?> domain,
            @Nullable Command command,
            List<? extends Event> events,
            List<SentMessage> messages,
            List<Skipped> skipped,
            WireWriter out) {
        if (!messages.isEmpty() || !skipped.isEmpty()) {
            OutcomeWriter.more(out, messages, skipped);
            messages.forEach(message -> mail.send(message, context.offset()));
        }
        long version = command == null ? 0 : domain.version(command.leading());
        OutcomeWriter.endAccepted(out, version);
        announce(events);
        return new Outcome.Accepted(shard, context.offset(), context.nowMicros(), version, events, skipped, false);
    }

    private Outcome reject(
            DomainState<?, ?, ?> domain, @Nullable Command command, Rejection rejection, WireWriter out) {
        long version = command == null ? 0 : domain.version(command.leading());
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

    /** Reused for every entry. */
    private final class Context implements CommandContext {
        private long offset;
        private long nowMicros;
        private Homes homes = Homes.HERE;

        void at(long entryOffset, long entryMicros, Homes entryHomes) {
            offset = entryOffset;
            nowMicros = entryMicros;
            homes = entryHomes;
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
        public int shards() {
            return shards;
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
