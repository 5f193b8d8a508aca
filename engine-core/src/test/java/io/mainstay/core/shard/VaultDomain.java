package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.route.Route;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/** A domain for tests of sagas and of time: one vault a shard, from which amounts are sent to those of other shards. */
final class VaultDomain implements Domain<VaultDomain.Vault, VaultDomain.Order, VaultDomain.Change> {
    static final UUID VAULT = new UUID(0, 12);

    /** What is to be done: the numbers mean what the kind makes of them. */
    enum Kind {
        /** Puts {@code amount} in. */
        FUND,
        /** Refuses what comes from other shards from now on. */
        CLOSE,
        /** Sends {@code amount} to each of {@code shards}, within {@code micros}. */
        SEND,
        /** Takes {@code amount} out, or expects it if it is positive. */
        TAKE,
        SETTLE,
        GIVE_BACK,
        PUT,
        /** Has the vault changed by {@code amount} at the time {@code micros}. */
        WAKE
    }

    record Order(Kind kind, long id, long amount, long micros, List<Integer> shards) implements Command {
        static Order fund(long amount) {
            return new Order(Kind.FUND, 0, amount, 0, List.of());
        }

        static Order close() {
            return new Order(Kind.CLOSE, 0, 0, 0, List.of());
        }

        static Order send(long id, long amount, long timeoutMicros, Integer... shards) {
            return new Order(Kind.SEND, id, amount, timeoutMicros, List.of(shards));
        }

        static Order wake(long atMicros, long amount) {
            return new Order(Kind.WAKE, 0, amount, atMicros, List.of());
        }

        private Order as(Kind other, long amountThen) {
            return new Order(other, id, amountThen, 0, List.of());
        }

        @Override
        public Route route() {
            return new Route.Existing(List.of(VAULT));
        }
    }

    /** The vault changes by an amount; what is held for a saga becomes another amount; it closes; it waits. */
    record Change(Kind kind, long id, long amount, long micros) implements Event {}

    static final class Vault {
        long amount;
        boolean closed;
        final Map<Long, Long> held = new TreeMap<>();
        final TreeMap<Long, Long> alarms = new TreeMap<>();
    }

    private final boolean broken;

    VaultDomain(boolean broken) {
        this.broken = broken;
    }

    @Override
    public String name() {
        return "vault";
    }

    @Override
    public int id() {
        return 12;
    }

    @Override
    public int schemaVersion() {
        return 1;
    }

    @Override
    public Class<Order> commandType() {
        return Order.class;
    }

    @Override
    public StateMachine<Vault, Order, Change> stateMachine() {
        return new Rules(broken);
    }

    private record Rules(boolean broken) implements StateMachine<Vault, Order, Change> {
        @Override
        public Vault emptyState() {
            return new Vault();
        }

        @Override
        public Decision<Change> decide(Vault vault, Order order, CommandContext context) {
            return switch (order.kind()) {
                case FUND, CLOSE, WAKE -> accept(order);
                case SEND -> Decision.begin(send(order, context.shard()));
                case TAKE -> vault.closed || vault.amount + order.amount() < 0 ? refuse("vault-empty") : accept(order);
                case PUT -> vault.closed ? refuse("vault-closed") : accept(order);
                case SETTLE, GIVE_BACK ->
                    broken
                            ? refuse("vault-broken")
                            : accept(order.as(order.kind(), vault.held.getOrDefault(order.id(), 0L)));
            };
        }

        private static Saga send(Order order, int here) {
            List<Saga.Step> steps = new ArrayList<>();
            long sum = order.amount() * order.shards().size();
            steps.add(compensable(order, here, -sum));
            for (int shard : order.shards()) {
                steps.add(
                        order.shards().size() == 1
                                ? Saga.Step.pivot(shard, order.as(Kind.PUT, order.amount()))
                                : compensable(order, shard, order.amount()));
            }
            return new Saga(new UUID(12, order.id()), steps, order.micros());
        }

        private static Saga.Step compensable(Order order, int shard, long amount) {
            return Saga.Step.compensable(
                    shard,
                    order.as(Kind.TAKE, amount),
                    Optional.of(order.as(Kind.SETTLE, 0)),
                    order.as(Kind.GIVE_BACK, 0));
        }

        private static Decision<Change> accept(Order order) {
            return Decision.accept(new Change(order.kind(), order.id(), order.amount(), order.micros()));
        }

        private static Decision<Change> refuse(String code) {
            return Decision.reject(new Rejection(Rejection.Kind.REFUSED, code, "The vault refuses.", "/amount"));
        }

        @Override
        public long dueMicros(Vault vault) {
            return vault.alarms.isEmpty() ? NEVER : vault.alarms.firstKey();
        }

        @Override
        public Decision<Change> elapse(Vault vault, CommandContext context) {
            Map.Entry<Long, Long> due = vault.alarms.firstEntry();
            return Decision.accept(new Change(Kind.FUND, due.getKey(), due.getValue(), context.nowMicros()));
        }

        @Override
        public long version(Vault vault, UUID aggregate) {
            return aggregate.equals(VAULT) ? 1 : 0;
        }

        @Override
        public void aggregates(Vault vault, BiConsumer<String, UUID> each) {}

        @Override
        public void apply(Vault vault, Change change) {
            switch (change.kind()) {
                case FUND -> {
                    vault.amount += change.amount();
                    vault.alarms.remove(change.id());
                }
                case PUT -> vault.amount += change.amount();
                case CLOSE -> vault.closed = true;
                case TAKE -> {
                    vault.held.put(change.id(), change.amount());
                    vault.amount += Math.min(0, change.amount());
                }
                case SETTLE -> {
                    vault.held.remove(change.id());
                    vault.amount += Math.max(0, change.amount());
                }
                case GIVE_BACK -> {
                    vault.held.remove(change.id());
                    vault.amount -= Math.min(0, change.amount());
                }
                case WAKE -> vault.alarms.put(change.micros(), change.amount());
                case SEND -> throw new IllegalStateException("a saga is no event");
            }
        }

        @Override
        public void revert(Vault vault, Change change) {
            switch (change.kind()) {
                case PUT -> vault.amount -= change.amount();
                case TAKE -> {
                    vault.held.remove(change.id());
                    vault.amount -= Math.min(0, change.amount());
                }
                case SETTLE -> {
                    vault.held.put(change.id(), change.amount());
                    vault.amount -= Math.max(0, change.amount());
                }
                default -> throw new IllegalStateException("not in a transaction: " + change);
            }
        }

        @Override
        public boolean canRevert() {
            return true;
        }
    }

    @Override
    public Codec<Order> commands() {
        return new Codec<>() {
            @Override
            public void encode(Order order, WireWriter out) {
                out.writeText(order.kind().name());
                out.writeLong(order.id());
                out.writeLong(order.amount());
                out.writeLong(order.micros());
                out.writeInt(order.shards().size());
                order.shards().forEach(out::writeInt);
            }

            @Override
            public Order decode(WireReader in) {
                Kind kind = Kind.valueOf(in.readText());
                long id = in.readLong();
                long amount = in.readLong();
                long micros = in.readLong();
                List<Integer> shards = new ArrayList<>();
                for (int left = in.readInt(); left > 0; left--) {
                    shards.add(in.readInt());
                }
                return new Order(kind, id, amount, micros, List.copyOf(shards));
            }
        };
    }

    @Override
    public Codec<Change> events() {
        return new Codec<>() {
            @Override
            public void encode(Change change, WireWriter out) {
                out.writeText(change.kind().name());
                out.writeLong(change.id());
                out.writeLong(change.amount());
                out.writeLong(change.micros());
            }

            @Override
            public Change decode(WireReader in) {
                return new Change(Kind.valueOf(in.readText()), in.readLong(), in.readLong(), in.readLong());
            }
        };
    }

    @Override
    public StateCodec<Vault> states() {
        return new StateCodec<>() {
            @Override
            public void encode(Vault vault, WireWriter out, Runnable chunkEnd) {
                out.writeLong(vault.amount);
                out.writeByte(vault.closed ? 1 : 0);
                write(vault.held, out);
                write(vault.alarms, out);
                chunkEnd.run();
            }

            private static void write(Map<Long, Long> map, WireWriter out) {
                out.writeInt(map.size());
                map.forEach((key, value) -> {
                    out.writeLong(key);
                    out.writeLong(value);
                });
            }

            @Override
            public void decode(Vault vault, WireReader chunk) {
                vault.amount = chunk.readLong();
                vault.closed = chunk.readUnsignedByte() == 1;
                read(vault.held, chunk);
                read(vault.alarms, chunk);
            }

            private static void read(Map<Long, Long> map, WireReader chunk) {
                for (int left = chunk.readInt(); left > 0; left--) {
                    map.put(chunk.readLong(), chunk.readLong());
                }
            }
        };
    }
}
