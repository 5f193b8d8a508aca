package io.mainstay.engine;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.route.Route;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A domain for tests of tenants: meters that count, each of which belongs to a tenant. */
public final class MeterDomain implements Domain<MeterDomain.Meters, MeterDomain.Count, MeterDomain.Counted> {
    /** Counts a meter up, and makes it if it is not there. */
    record Count(String tenant, UUID meter, boolean creates) implements Command {
        static Count first(String tenant, UUID meter) {
            return new Count(tenant, meter, true);
        }

        static Count again(String tenant, UUID meter) {
            return new Count(tenant, meter, false);
        }

        @Override
        public Route route() {
            return creates ? new Route.Creating(tenant, meter) : new Route.Existing(java.util.List.of(meter));
        }
    }

    record Counted(String tenant, UUID meter, long count) implements Event {
        @Override
        public @Nullable UUID created() {
            return count == 1 ? meter : null;
        }
    }

    private record Meter(String tenant, long count) {}

    /** All meters of a shard. */
    static final class Meters {
        private final Map<UUID, Meter> meters = new TreeMap<>();

        long count(UUID meter) {
            Meter found = meters.get(meter);
            return found == null ? 0 : found.count();
        }
    }

    @Override
    public String name() {
        return "meter";
    }

    @Override
    public int id() {
        return 77;
    }

    @Override
    public int schemaVersion() {
        return 1;
    }

    @Override
    public Class<Count> commandType() {
        return Count.class;
    }

    @Override
    public StateMachine<Meters, Count, Counted> stateMachine() {
        return new StateMachine<>() {
            @Override
            public Meters emptyState() {
                return new Meters();
            }

            @Override
            public Decision<Counted> decide(Meters state, Count command, CommandContext context) {
                return Decision.accept(
                        new Counted(command.tenant(), command.meter(), state.count(command.meter()) + 1));
            }

            @Override
            public long version(Meters state, UUID aggregate) {
                return state.count(aggregate);
            }

            @Override
            public void aggregates(Meters state, BiConsumer<String, UUID> each) {
                state.meters.forEach((id, meter) -> each.accept(meter.tenant(), id));
            }

            @Override
            public void apply(Meters state, Counted event) {
                state.meters.put(event.meter(), new Meter(event.tenant(), event.count()));
            }
        };
    }

    @Override
    public Codec<Count> commands() {
        return new Codec<>() {
            @Override
            public void encode(Count command, WireWriter out) {
                out.writeText(command.tenant());
                out.writeUuid(command.meter());
                out.writeByte(command.creates() ? 1 : 0);
            }

            @Override
            public Count decode(WireReader in) {
                return new Count(in.readText(), in.readUuid(), in.readUnsignedByte() == 1);
            }
        };
    }

    @Override
    public Codec<Counted> events() {
        return new Codec<>() {
            @Override
            public void encode(Counted event, WireWriter out) {
                out.writeText(event.tenant());
                out.writeUuid(event.meter());
                out.writeLong(event.count());
            }

            @Override
            public Counted decode(WireReader in) {
                return new Counted(in.readText(), in.readUuid(), in.readLong());
            }
        };
    }

    @Override
    public StateCodec<Meters> states() {
        return new StateCodec<>() {
            @Override
            public void encode(Meters state, WireWriter out, Runnable chunkEnd) {
                state.meters.forEach((id, meter) -> {
                    out.writeUuid(id);
                    out.writeText(meter.tenant());
                    out.writeLong(meter.count());
                });
                chunkEnd.run();
            }

            @Override
            public void decode(Meters state, WireReader chunk) {
                while (chunk.remaining() > 0) {
                    state.meters.put(chunk.readUuid(), new Meter(chunk.readText(), chunk.readLong()));
                }
            }
        };
    }
}
