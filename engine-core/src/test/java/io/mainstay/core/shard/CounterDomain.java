package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.domain.Upcaster;
import io.mainstay.core.route.Route;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** A domain for tests of the engine: it adds amounts up, refuses negative ones, throws on 13 and 17, and sends to other shards. */
final class CounterDomain implements Domain<CounterDomain.Sum, CounterDomain.Order, CounterDomain.Added> {
    static final UUID COUNTER = new UUID(0, 1);
    static final int ID = 9;
    private final int schemaVersion;
    private final boolean canRevert;

    CounterDomain(int schemaVersion) {
        this(schemaVersion, true);
    }

    CounterDomain(int schemaVersion, boolean canRevert) {
        this.schemaVersion = schemaVersion;
        this.canRevert = canRevert;
    }

    /** What a counter is told. */
    sealed interface Order extends Command {
        @Override
        default Route route() {
            return new Route.Existing(List.of(COUNTER));
        }
    }

    /** Adds an amount. */
    record Add(long amount) implements Order {}

    /** Takes an amount off here and has another shard's counter add it. */
    record Move(int receiver, long amount) implements Order {}

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
        return ID;
    }

    @Override
    public int schemaVersion() {
        return schemaVersion;
    }

    @Override
    public List<Upcaster> upcasters() {
        return IntStream.range(1, schemaVersion).mapToObj(Upcaster::from).toList();
    }

    @Override
    public Class<Order> commandType() {
        return Order.class;
    }

    @Override
    public StateMachine<Sum, Order, Added> stateMachine() {
        return new Rules(canRevert);
    }

    private record Rules(boolean canRevert) implements StateMachine<Sum, Order, Added> {
        @Override
        public Sum emptyState() {
            return new Sum();
        }

        @Override
        public Decision<Added> decide(Sum state, Order command, CommandContext context) {
            return switch (command) {
                case Add(var amount) -> {
                    if (amount == 13) {
                        throw new IllegalStateException("unlucky");
                    }
                    yield amount < 0
                            ? Decision.reject(new Rejection(Rejection.Kind.REFUSED, "negative", "no", "/amount"))
                            : Decision.accept(new Added(amount, state.sum + amount));
                }
                case Move(var receiver, var amount) ->
                    Decision.accept(
                            List.of(new Added(-amount, state.sum - amount)),
                            List.of(new Message(receiver, new Add(amount))));
            };
        }

        @Override
        public long version(Sum state, UUID aggregate) {
            return aggregate.equals(COUNTER) ? state.amounts.size() : 0;
        }

        @Override
        public void aggregates(Sum state, BiConsumer<String, UUID> each) {
            if (!state.amounts.isEmpty()) {
                each.accept("", COUNTER);
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

        @Override
        public void revert(Sum state, Added event) {
            state.amounts.remove(state.amounts.size() - 1);
            state.sum -= event.amount();
        }
    }

    @Override
    public Codec<Order> commands() {
        return new Codec<>() {
            @Override
            public void encode(Order value, WireWriter out) {
                switch (value) {
                    case Add(var amount) -> {
                        out.writeByte(1);
                        out.writeLong(amount);
                    }
                    case Move(var receiver, var amount) -> {
                        out.writeByte(2);
                        out.writeInt(receiver);
                        out.writeLong(amount);
                    }
                }
            }

            @Override
            public Order decode(WireReader in) {
                return switch (in.readUnsignedByte()) {
                    case 1 -> new Add(in.readLong());
                    case 2 -> new Move(in.readInt(), in.readLong());
                    default -> throw new WireException("unknown order");
                };
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
            public void decode(Sum state, WireReader chunk) {
                while (chunk.remaining() > 0) {
                    long amount = chunk.readLong();
                    state.amounts.add(amount);
                    state.sum += amount;
                }
            }
        };
    }
}
