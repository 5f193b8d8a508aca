package io.mainstay.testkit;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.route.Homes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tests a domain in given/when/then.
 *
 * <p>Behind the scenes it holds the domain against what replay asks of it, and fails with a {@link DomainBroken} that names
 * the culprit:
 *
 * <ul>
 *   <li>the bytecode of the domain is searched for clocks, chance, threads and other ways out;
 *   <li>commands and events go through their codecs and come back equal, with nothing left behind, and equal ones have equal
 *       bytes;
 *   <li>each event is applied, undone and applied again, if the domain can undo;
 *   <li>each decision is taken again by states with the same events and other histories: a replay, one restored from a
 *       snapshot, one with its hash tables turned around, and one in another virtual machine. All have to decide the same, and
 *       afterwards have to be due at the same time, name the same versions and write the same snapshots;
 *   <li>neither deciding nor looking changes the state;
 *   <li>of a saga, attempts of the deciding shard can be confirmed and cancelled.
 * </ul>
 *
 * <p>Not for use by several threads; fixtures of several threads may be used side by side.
 *
 * @param <S> the state
 * @param <C> the commands
 * @param <E> the events
 */
public final class DomainFixture<S, C extends Command, E extends Event> {
    /** The shard that decides unless {@link #on} says otherwise. */
    public static final int SHARD = 3;

    /** How many shards there are. */
    public static final int SHARDS = 5;

    /** The time unless {@link #at} says otherwise, in microseconds since the epoch. */
    public static final long NOW_MICROS = 1_700_000_000_000_000L;

    /** Entries in which all that is due at one time has to be done. */
    private static final int ELAPSE_COUNT_MAX = 10_000;

    private static final String HINT =
            "Something comes in that is neither state nor argument: the order of a set or map, an"
                    + " object's identity, a static or shared field, or what the snapshot forgets.";

    private final Domain<S, C, E> domain;
    private final StateMachine<S, C, E> rules;
    private final Snapshots<S> snapshots;
    private final CodecProbe<C> commands;
    private final CodecProbe<E> events;
    private final S state;
    private final Witness original;
    private final List<Witness> lasting;
    private final Witness twin;
    private List<Witness> restored = List.of();
    private Moment moment = new Moment(SHARD, 0, NOW_MICROS, Homes.HERE);

    private DomainFixture(Domain<S, C, E> domain) {
        this.domain = domain;
        this.rules = domain.stateMachine();
        this.snapshots = new Snapshots<>(domain);
        this.commands = new CodecProbe<>(domain.name(), domain.commands());
        this.events = new CodecProbe<>(domain.name(), domain.events());
        this.state = rules.emptyState();
        this.original = new Memory<>("the same state a second time", domain, state);
        this.lasting = List.of(new Memory<>("a replay of the events", domain, rules.emptyState()));
        this.twin = new RemoteMemory(domain);
        restoreWitnesses();
    }

    /** Nothing has happened yet. */
    public static <S, C extends Command, E extends Event> DomainFixture<S, C, E> of(Domain<S, C, E> domain) {
        Optional<String> touches = DomainClasses.touches(domain);
        if (touches.isPresent()) {
            throw new DomainBroken("domain %s touches what is not the same in a replay:\n  %s"
                    .formatted(domain.name(), touches.get()));
        }
        return new DomainFixture<>(domain);
    }

    /** These events have happened. */
    @SafeVarargs
    public final DomainFixture<S, C, E> given(E... happened) {
        for (E event : happened) {
            apply(event);
        }
        return this;
    }

    /** This event has happened, and an older version of the domain has written it: its upcasters rewrite it. */
    public DomainFixture<S, C, E> givenWrittenBy(int schemaVersion, byte[] event) {
        byte[] rewritten =
                new Domains(List.of(domain)).upcastEvent(domain.id(), event, Map.of(domain.id(), schemaVersion));
        apply(events.decode(rewritten));
        return this;
    }

    /** The time from now on, in microseconds since the epoch. */
    public DomainFixture<S, C, E> at(long nowMicros) {
        moment = new Moment(moment.shard(), moment.offset(), nowMicros, moment.homes());
        return this;
    }

    /** The shard that decides from now on. */
    public DomainFixture<S, C, E> on(int shard) {
        moment = new Moment(shard, moment.offset(), moment.nowMicros(), moment.homes());
        return this;
    }

    /** From now on the aggregate is known to live on that shard; see {@link CommandContext#shardOf}. */
    public DomainFixture<S, C, E> knowing(UUID aggregate, int shard) {
        List<Homes.Home> elsewhere = new ArrayList<>(moment.homes().elsewhere());
        elsewhere.add(new Homes.Home(aggregate, shard));
        moment = new Moment(moment.shard(), moment.offset(), moment.nowMicros(), new Homes(elsewhere));
        return this;
    }

    /** Has the command decided, and its events applied. */
    public Result when(C command) {
        byte[] bytes = commands.encode(command);
        restoreWitnesses();
        expectUnchanged("touching what " + command + " needs", () -> rules.touch(state, command));
        Decision<E> decision =
                expectUnchanged("deciding " + command, () -> rules.decide(state, command, moment.context()));
        expectAgreement(command.toString(), decision, witness -> witness.decide(bytes, moment));
        if (decision instanceof Decision.Begun<E>(var saga)) {
            probe(saga);
        }
        happen(decision);
        checkTenants(command, decision);
        return new Result(decision);
    }

    /** Lets time pass up to a moment, in microseconds since the epoch, and has done all that is due by then. */
    public Result whenTimePasses(long toMicros) {
        at(toMicros);
        List<E> happened = new ArrayList<>();
        List<Message> sent = new ArrayList<>();
        for (int left = ELAPSE_COUNT_MAX; rules.dueMicros(state) <= toMicros; left--) {
            if (left == 0) {
                throw broken("is still due at %d after %d times elapse".formatted(toMicros, ELAPSE_COUNT_MAX));
            }
            Decision.Accepted<E> elapsed = elapse();
            happened.addAll(elapsed.events());
            sent.addAll(elapsed.messages());
        }
        return happened.isEmpty() ? new Result(null) : new Result(Decision.accept(happened, sent));
    }

    /** The state as it is. Not to be changed. */
    public S state() {
        return state;
    }

    private Decision.Accepted<E> elapse() {
        restoreWitnesses();
        Standing before = original.standing();
        Decision<E> decision = expectUnchanged("elapse", () -> rules.elapse(state, moment.context()));
        expectAgreement("elapse", decision, witness -> witness.elapse(moment));
        happen(decision);
        if (decision instanceof Decision.Accepted<E> accepted
                && original.standing().differs(before).isPresent()) {
            return accepted;
        }
        throw broken("is due, and elapse changes nothing by " + decision + ": it would be asked for ever");
    }

    private void happen(Decision<E> decision) {
        if (decision instanceof Decision.Accepted<E>(var decided, var messages)) {
            for (Message message : messages) {
                probe(message.command());
            }
            decided.forEach(this::apply);
        }
        expectSame(twin, original.standing(), "all events");
        moment = moment.next();
    }

    private void apply(E event) {
        byte[] bytes = events.encode(event);
        if (rules.canRevert()) {
            Standing before = original.standing();
            rules.apply(state, event);
            rules.revert(state, event);
            original.standing().differs(before).ifPresent(difference -> {
                throw broken("applying and undoing %s is not nothing: %s".formatted(event, difference));
            });
        }
        rules.apply(state, event);
        Standing standing = original.standing();
        checkAggregates(standing, event);
        for (Witness witness : inThisMachine()) {
            witness.apply(bytes);
            expectSame(witness, standing, event.toString());
        }
        twin.apply(bytes);
    }

    private void checkAggregates(Standing standing, E event) {
        UUID created = event.created();
        if (created != null && !standing.aggregates().containsKey(created)) {
            throw broken("%s creates %s, and aggregates does not name it".formatted(event, created));
        }
        standing.aggregates().forEach((aggregate, held) -> {
            if (held.version() < 1) {
                throw broken("aggregate %s has version %d after %s".formatted(aggregate, held.version(), event));
            }
        });
    }

    /** Quotas count what a tenant's commands create, and behind a restart what the state says is the tenant's. */
    private void checkTenants(C command, Decision<E> decision) {
        if (decision instanceof Decision.Accepted<E>(var decided, var messages)) {
            Map<UUID, Standing.Held> aggregates = original.standing().aggregates();
            for (E event : decided) {
                UUID created = event.created();
                Standing.Held held = created == null ? null : aggregates.get(created);
                if (held != null && !held.tenant().equals(command.tenant())) {
                    throw broken("%s of tenant \"%s\" creates %s, and aggregates says that it is of tenant \"%s\""
                            .formatted(command, command.tenant(), created, held.tenant()));
                }
            }
        }
    }

    /** States made of a snapshot of now; those of before have done their work. */
    private void restoreWitnesses() {
        List<byte[]> chunks = snapshots.of(state);
        snapshots.takeThroughCodecs(chunks);
        List<Witness> fresh = new ArrayList<>();
        fresh.add(new Memory<>("a state restored from a snapshot", domain, snapshots.restored(chunks)));
        S turned = snapshots.restored(chunks);
        if (HashTables.turn(turned) > 0) {
            fresh.add(new Memory<>(
                    "a state restored from a snapshot, whose HashMaps and HashSets are iterated the other way round",
                    domain,
                    turned));
        }
        restored = fresh;
        Standing standing = original.standing();
        fresh.forEach(witness -> expectSame(witness, standing, "nothing more"));
    }

    private List<Witness> inThisMachine() {
        List<Witness> all = new ArrayList<>(lasting);
        all.addAll(restored);
        return all;
    }

    private void expectSame(Witness witness, Standing standing, String after) {
        witness.standing().differs(standing).ifPresent(difference -> {
            throw broken("%s, after %s: %s. %s".formatted(witness.name(), after, difference, HINT));
        });
    }

    private void expectAgreement(String what, Decision<E> decision, Function<Witness, Verdict> decide) {
        Verdict expected = Verdict.of(domain, decision);
        List<Witness> witnesses = new ArrayList<>();
        witnesses.add(original);
        witnesses.addAll(inThisMachine());
        witnesses.add(twin);
        for (Witness witness : witnesses) {
            Verdict verdict = decide.apply(witness);
            if (!verdict.agreesWith(expected)) {
                throw broken("%s was decided as %s, and by %s as %s. %s"
                        .formatted(what, expected.text(), witness.name(), verdict.text(), HINT));
            }
        }
    }

    private <T> T expectUnchanged(String what, Supplier<T> action) {
        Standing before = original.standing();
        T result = action.get();
        original.standing().differs(before).ifPresent(difference -> {
            throw broken("%s has changed the state: %s".formatted(what, difference));
        });
        return result;
    }

    private void probe(Saga saga) {
        for (Saga.Step step : saga.steps()) {
            probe(step.attempt());
            step.confirm().ifPresent(this::probe);
            step.cancel().ifPresent(this::probe);
        }
        new SagaProbe<>(domain, moment).check(saga, snapshots.of(state));
    }

    private void probe(Command command) {
        if (domain.commandType().isInstance(command)) {
            commands.encode(domain.commandType().cast(command));
        }
    }

    private DomainBroken broken(String what) {
        return new DomainBroken("domain " + domain.name() + ": " + what);
    }

    /** What a command, or the passing of time, has led to. */
    public final class Result {
        private final @Nullable Decision<E> decision;

        private Result(@Nullable Decision<E> decision) {
            this.decision = decision;
        }

        /** This fact, and no message. */
        public Result thenEvent(E event) {
            return thenAccepted(List.of(event), List.of());
        }

        /** These facts in this order, and no message. */
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final Result thenEvents(E... expected) {
            return thenAccepted(List.of(expected), List.of());
        }

        /** These facts and messages, in this order. */
        public Result thenAccepted(List<E> expected, List<Message> messages) {
            return expect(Decision.accept(expected, messages));
        }

        /** A saga: what its steps on this shard do can be asked for by {@link DomainFixture#when} of their commands. */
        public Result thenBegins(Saga saga) {
            return expect(Decision.begin(saga));
        }

        /** A refusal with this code. */
        public Result thenRejected(String code) {
            return expectThat(rejection().code().equals(code), "rejected as " + code);
        }

        /** A refusal of this kind and with this code, that blames this field and says why. */
        public Result thenRejected(Rejection.Kind kind, String code, String pointer) {
            Rejection rejection = rejection();
            return expectThat(
                    rejection.equals(new Rejection(kind, code, rejection.message(), pointer))
                            && !rejection.message().isBlank(),
                    "%s as %s because of '%s', with a message".formatted(kind, code, pointer));
        }

        /** Nothing: the time has not come yet. */
        public Result thenNothing() {
            return expectThat(decision == null, "nothing");
        }

        /** The state wants to be looked at by then, {@link StateMachine#NEVER} included. */
        public Result thenDue(long micros) {
            long due = rules.dueMicros(state);
            if (due != micros) {
                throw new AssertionError("due at %d, expected %d".formatted(due, micros));
            }
            return this;
        }

        /** The state after it. Not to be changed. */
        public S state() {
            return state;
        }

        /** What was decided; null if the time had not come. */
        public @Nullable Decision<E> decision() {
            return decision;
        }

        public DomainFixture<S, C, E> and() {
            return DomainFixture.this;
        }

        private Result expect(Decision<E> expected) {
            return expectThat(expected.equals(decision), expected.toString());
        }

        private Rejection rejection() {
            if (decision instanceof Decision.Rejected<E>(var rejection)) {
                return rejection;
            }
            throw new AssertionError("decided %s, expected a rejection".formatted(decision));
        }

        private Result expectThat(boolean holds, String expected) {
            if (!holds) {
                throw new AssertionError("decided %s, expected %s".formatted(decision, expected));
            }
            return this;
        }
    }
}
