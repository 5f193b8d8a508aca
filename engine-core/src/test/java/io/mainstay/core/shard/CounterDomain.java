package io.mainstay.core.shard;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.route.Route;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** A domain for tests of the engine: it adds amounts up, refuses negative ones, and throws on 13. */
final class CounterDomain implements Domain<CounterDomain.Sum, CounterDomain.Add, CounterDomain.Added> {
    static final UUID COUNTER = new UUID(0, 1);
    private final int schemaVersion;

    CounterDomain(int schemaVersion) {
        this.schemaVersion = schemaVersion;
    }

    record Add(long amount) implements Command {
        @Override
        public Route route() {
            return new Route.Existing(List.of(COUNTER));
        }
    }

    record Added(long amount, long sum) implements Event {}

    static final class Sum {
        final List<Long> amounts = new ArrayList<>();
        long sum;
    }

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public int id() {
        return 9;
    }

    @Override
    public int schemaVersion() {
        return schemaVersion;
    }

    @Override
    public Class<Add> commandType() {
        return Add.class;
    }

    @Override
    public StateMachine<Sum, Add, Added> stateMachine() {
        return new StateMachine<>() {
            @Override
            public Sum emptyState() {
                return new Sum();
            }

            @Override
            public Decision<Added> decide(Sum state, Add command, long nowMicros) {
                if (command.amount() == 13) {
                    throw new IllegalStateException("unlucky");
                }
                return command.amount() < 0
                        ? Decision.reject(new Rejection(Rejection.Kind.REFUSED, "negative", "no", "/amount"))
                        : Decision.accept(new Added(command.amount(), state.sum + command.amount()));
            }

            @Override
            public long version(Sum state, UUID aggregate) {
                return state.amounts.size();
            }

            @Override
            public void aggregates(Sum state, Consumer<UUID> each) {
                if (!state.amounts.isEmpty()) {
                    each.accept(COUNTER);
                }
            }

            @Override
            public void apply(Sum state, Added event) {
                if (event.amount() == 17) {
                    throw new IllegalStateException("a bug");
                }
                state.amounts.add(event.amount());
                state.sum = event.sum();
            }
        };
    }

    @Override
    public Codec<Add> commands() {
        return new Codec<>() {
            @Override
            public void encode(Add value, WireWriter out) {
                out.writeLong(value.amount());
            }

            @Override
            public Add decode(WireReader in) {
                return new Add(in.readLong());
            }
        };
    }

    @Override
    public Codec<Added> events() {
        return new Codec<>() {
            @Override
            public void encode(Added value, WireWriter out) {
                out.writeLong(value.amount());
                out.writeLong(value.sum());
            }

            @Override
            public Added decode(WireReader in) {
                return new Added(in.readLong(), in.readLong());
            }
        };
    }

    @Override
    public StateCodec<Sum> states() {
        return new StateCodec<>() {
            @Override
            public void encode(Sum state, WireWriter out, Runnable chunkEnd) {
                for (long amount : state.amounts) {
                    out.writeLong(amount);
                    chunkEnd.run();
                }
                chunkEnd.run();
            }

            @Override
            public void decode(Sum state, int schemaVersion, WireReader chunk) {
                if (schemaVersion > CounterDomain.this.schemaVersion) {
                    throw new EngineException(Severity.FATAL, "counter of version " + schemaVersion);
                }
                while (chunk.remaining() > 0) {
                    long amount = chunk.readLong();
                    state.amounts.add(amount);
                    state.sum += amount;
                }
            }
        };
    }
}
