package io.mainstay.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.route.Homes;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Tests a domain in given/when/then.
 *
 * <p>Behind the scenes every command and event goes through its codec, and the decision is taken three times, each on a
 * state of its own, one of them restored from a snapshot, and every event is applied, undone and applied again: a domain that draws on anything but its arguments fails.
 */
public final class DomainFixture<S, C extends Command, E extends Event> {
    /** The shard that decides, unless {@link #on} says otherwise. */
    public static final int SHARD = 3;

    public static final int SHARDS = 5;

    /** When commands are decided, unless {@link #at} says otherwise. */
    public static final long NOW_MICROS = 1_700_000_000_000_000L;

    private static final long OFFSET = 42;

    private final Domain<S, C, E> domain;
    private final StateMachine<S, C, E> rules;
    private final S state;
    private final S replica;
    private final List<Homes.Home> elsewhere = new ArrayList<>();
    private int shard = SHARD;
    private long nowMicros = NOW_MICROS;

    private DomainFixture(Domain<S, C, E> domain) {
        this.domain = domain;
        this.rules = domain.stateMachine();
        this.state = rules.emptyState();
        this.replica = rules.emptyState();
    }

    public static <S, C extends Command, E extends Event> DomainFixture<S, C, E> of(Domain<S, C, E> domain) {
        return new DomainFixture<>(domain);
    }

    @SafeVarargs
    public final DomainFixture<S, C, E> given(E... events) {
        for (E event : events) {
            apply(event);
        }
        return this;
    }

    /** Has commands from now on be decided at this time, in microseconds since the epoch. */
    public DomainFixture<S, C, E> at(long micros) {
        nowMicros = micros;
        return this;
    }

    /** Has commands from now on be decided on this shard, below {@link #SHARDS}. */
    public DomainFixture<S, C, E> on(int number) {
        shard = number;
        return this;
    }

    /** Has an aggregate live on another shard than the one that decides. */
    public DomainFixture<S, C, E> elsewhere(UUID aggregate, int number) {
        elsewhere.add(new Homes.Home(aggregate, number));
        return this;
    }

    public Result when(C command) {
        C read = copy(domain.commands(), command);
        assertThat(read).isEqualTo(command);
        return decided(of -> rules.decide(of, read, context()));
    }

    /** Time has passed: what becomes of the things that are due. */
    public Result whenElapsed() {
        assertThat(rules.dueMicros(state)).as("something is due").isLessThanOrEqualTo(nowMicros);
        return decided(of -> rules.elapse(of, context()));
    }

    /** When something will be due. */
    public long dueMicros() {
        return rules.dueMicros(state);
    }

    private CommandContext context() {
        return new CommandContext.Fixed(shard, SHARDS, OFFSET, nowMicros, new Homes(elsewhere));
    }

    private Result decided(Function<S, Decision<E>> rule) {
        Decision<E> decision = rule.apply(state);
        assertThat(rule.apply(replica)).as("the replica decides the same").isEqualTo(decision);
        S restored = restored();
        assertThat(rule.apply(restored))
                .as("a state restored from a snapshot decides the same")
                .isEqualTo(decision);
        assertThat(rules.dueMicros(restored)).isEqualTo(rules.dueMicros(state));
        if (decision instanceof Decision.Accepted<E>(var events, var messages)) {
            events.forEach(this::apply);
        }
        return new Result(decision);
    }

    private void apply(E event) {
        E read = copy(domain.events(), event);
        assertThat(read).isEqualTo(event);
        if (rules.canRevert()) {
            byte[] before = snapshot();
            rules.apply(state, event);
            rules.revert(state, event);
            assertThat(snapshot()).as("the state after %s was undone", event).isEqualTo(before);
        }
        rules.apply(state, event);
        rules.apply(replica, read);
    }

    private byte[] snapshot() {
        return snapshot(state);
    }

    private byte[] snapshot(S of) {
        WireWriter out = new WireWriter(16);
        domain.states().encode(of, out, () -> {});
        return out.toByteArray();
    }

    /** A state read back from a snapshot of the fixture's. */
    private S restored() {
        S fresh = rules.emptyState();
        WireWriter out = new WireWriter(16);
        domain.states().encode(state, out, () -> {
            domain.states().decode(fresh, new WireReader(out.toByteArray()));
            out.clear();
        });
        assertThat(snapshot(fresh)).as("a snapshot of a restored state").isEqualTo(snapshot());
        return fresh;
    }

    private static <T> T copy(Codec<T> codec, T value) {
        WireWriter out = new WireWriter(16);
        codec.encode(value, out);
        WireReader in = new WireReader(out.toByteArray());
        T read = codec.decode(in);
        assertThat(in.remaining()).as("bytes left behind " + value).isZero();
        return read;
    }

    /** What the command led to. */
    public final class Result {
        private final Decision<E> decision;

        private Result(Decision<E> decision) {
            this.decision = decision;
        }

        public Result thenEvent(E event) {
            assertThat(decision).isEqualTo(Decision.accept(event));
            return this;
        }

        public Result thenAccepted(List<E> events, List<Message> messages) {
            assertThat(decision).isEqualTo(Decision.accept(events, messages));
            return this;
        }

        /** The command is a saga. What its steps do is tested by commands of their own. */
        public Result thenSaga(Saga saga) {
            assertThat(decision).isEqualTo(Decision.begin(saga));
            return this;
        }

        public Result thenRejected(Rejection.Kind kind, String code, String pointer) {
            assertThat(decision).isInstanceOfSatisfying(Decision.Rejected.class, rejected -> {
                assertThat(rejected.rejection().code()).isEqualTo(code);
                assertThat(rejected.rejection().kind()).isEqualTo(kind);
                assertThat(rejected.rejection().pointer()).isEqualTo(pointer);
                assertThat(rejected.rejection().message()).isNotBlank();
            });
            return this;
        }

        /** The state after the command. */
        public S state() {
            return state;
        }

        public DomainFixture<S, C, E> and() {
            return DomainFixture.this;
        }
    }
}
