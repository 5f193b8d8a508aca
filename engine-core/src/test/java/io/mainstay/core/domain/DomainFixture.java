package io.mainstay.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;

/**
 * Tests a domain in given/when/then.
 *
 * <p>Behind the scenes every command and event goes through its codec, and the decision is taken three times, each on a
 * state of its own, one of them restored from a snapshot, and every event is applied, undone and applied again: a domain that draws on anything but its arguments fails.
 */
public final class DomainFixture<S, C extends Command, E extends Event> {
    private static final CommandContext CONTEXT = CommandContext.of(3, 42, 1_700_000_000_000_000L);

    private final Domain<S, C, E> domain;
    private final StateMachine<S, C, E> rules;
    private final S state;
    private final S replica;

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

    public Result when(C command) {
        assertThat(copy(domain.commands(), command)).isEqualTo(command);
        Decision<E> decision = rules.decide(state, command, CONTEXT);
        assertThat(rules.decide(replica, copy(domain.commands(), command), CONTEXT))
                .as("the replica decides the same")
                .isEqualTo(decision);
        assertThat(rules.decide(restored(), command, CONTEXT))
                .as("a state restored from a snapshot decides the same")
                .isEqualTo(decision);
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
        WireWriter out = new WireWriter(16);
        domain.states().encode(state, out, () -> {});
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
