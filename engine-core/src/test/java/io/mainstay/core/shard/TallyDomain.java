package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.domain.Upcaster;
import io.mainstay.core.route.Route;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * A domain for tests that has evolved: version 1 counted whole pieces, version 2 whole numbers of any unit, and version 3
 * counts hundredths. Each version writes as it did; all hold hundredths in memory.
 *
 * @param upcasters what the version installed has
 */
record TallyDomain(int schemaVersion, List<Upcaster> upcasters)
        implements Domain<TallyDomain.Tally, TallyDomain.Count, TallyDomain.Counted> {
    static final UUID TALLY = new UUID(0, 8);
    static final String PIECE = "piece";

    /** Units come in. */
    static final Upcaster FROM_1 = Upcaster.from(1)
            .withCommands((in, out) -> {
                out.writeInt(in.readInt());
                out.writeLong(in.readLong());
                out.writeText(PIECE);
            })
            .withEvents((in, out) -> {
                out.writeLong(in.readLong());
                out.writeText(PIECE);
            })
            .withStates((in, out) -> {
                while (in.remaining() > 0) {
                    out.writeLong(in.readLong());
                    out.writeText(PIECE);
                }
            });

    /** Hundredths come in. */
    static final Upcaster FROM_2 = Upcaster.from(2)
            .withCommands((in, out) -> {
                out.writeInt(in.readInt());
                out.writeLong(in.readLong() * 100);
                out.writeText(in.readText());
            })
            .withEvents((in, out) -> {
                out.writeLong(in.readLong() * 100);
                out.writeText(in.readText());
            })
            .withStates((in, out) -> {
                while (in.remaining() > 0) {
                    out.writeLong(in.readLong() * 100);
                    out.writeText(in.readText());
                }
            });

    /** Counts here, or has another shard count. */
    record Count(int shard, long hundredths, String unit) implements Command {
        @Override
        public Route route() {
            return new Route.Existing(List.of(TALLY));
        }
    }

    record Counted(long hundredths, String unit) implements Event {}

    static final class Tally {
        final Map<String, Long> hundredths = new TreeMap<>();
        long version;
    }

    @Override
    public String name() {
        return "tally";
    }

    @Override
    public int id() {
        return 8;
    }

    @Override
    public Class<Count> commandType() {
        return Count.class;
    }

    @Override
    public StateMachine<Tally, Count, Counted> stateMachine() {
        return new StateMachine<>() {
            @Override
            public Tally emptyState() {
                return new Tally();
            }

            @Override
            public Decision<Counted> decide(Tally state, Count command, CommandContext context) {
                List<Message> messages =
                        command.shard() == context.shard() ? List.of() : List.of(new Message(command.shard(), command));
                return Decision.accept(List.of(new Counted(command.hundredths(), command.unit())), messages);
            }

            @Override
            public long version(Tally state, UUID aggregate) {
                return aggregate.equals(TALLY) ? state.version : 0;
            }

            @Override
            public void aggregates(Tally state, BiConsumer<String, UUID> each) {}

            @Override
            public void apply(Tally state, Counted event) {
                state.hundredths.merge(event.unit(), event.hundredths(), Long::sum);
                state.version++;
            }

            @Override
            public void revert(Tally state, Counted event) {
                state.hundredths.merge(event.unit(), -event.hundredths(), Long::sum);
                state.version--;
            }

            @Override
            public boolean canRevert() {
                return true;
            }
        };
    }

    @Override
    public Codec<Count> commands() {
        return new Codec<>() {
            @Override
            public void encode(Count value, WireWriter out) {
                out.writeInt(value.shard());
                amount(value.hundredths(), value.unit(), out);
            }

            @Override
            public Count decode(WireReader in) {
                return new Count(in.readInt(), hundredths(in), unit(in));
            }
        };
    }

    @Override
    public Codec<Counted> events() {
        return new Codec<>() {
            @Override
            public void encode(Counted value, WireWriter out) {
                amount(value.hundredths(), value.unit(), out);
            }

            @Override
            public Counted decode(WireReader in) {
                return new Counted(hundredths(in), unit(in));
            }
        };
    }

    @Override
    public StateCodec<Tally> states() {
        return new StateCodec<>() {
            @Override
            public void encode(Tally state, WireWriter out, Runnable chunkEnd) {
                state.hundredths.forEach((unit, hundredths) -> amount(hundredths, unit, out));
                chunkEnd.run();
            }

            @Override
            public void decode(Tally state, WireReader chunk) {
                while (chunk.remaining() > 0) {
                    long hundredths = hundredths(chunk);
                    state.hundredths.put(unit(chunk), hundredths);
                    state.version++;
                }
            }
        };
    }

    private void amount(long hundredths, String unit, WireWriter out) {
        out.writeLong(schemaVersion < 3 ? hundredths / 100 : hundredths);
        if (schemaVersion >= 2) {
            out.writeText(unit);
        }
    }

    private long hundredths(WireReader in) {
        return schemaVersion < 3 ? in.readLong() * 100 : in.readLong();
    }

    private String unit(WireReader in) {
        return schemaVersion >= 2 ? in.readText() : PIECE;
    }
}
