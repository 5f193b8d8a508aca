package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandContext;
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
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/** A second domain for tests of the engine, of another shape: pieces of each article, never fewer than none. */
final class StockDomain implements Domain<StockDomain.Stock, StockDomain.Change, StockDomain.Changed> {
    /** Puts pieces of an article in, or takes them out if negative. */
    record Change(UUID article, int pieces) implements Command {
        @Override
        public Route route() {
            return new Route.Existing(List.of(article));
        }
    }

    record Changed(UUID article, int pieces) implements Event {}

    static final class Stock {
        final TreeMap<UUID, Integer> pieces = new TreeMap<>();
        final TreeMap<UUID, Integer> versions = new TreeMap<>();
    }

    @Override
    public String name() {
        return "stock";
    }

    @Override
    public int id() {
        return 10;
    }

    @Override
    public int schemaVersion() {
        return 1;
    }

    @Override
    public Class<Change> commandType() {
        return Change.class;
    }

    @Override
    public StateMachine<Stock, Change, Changed> stateMachine() {
        return new StateMachine<>() {
            @Override
            public Stock emptyState() {
                return new Stock();
            }

            @Override
            public Decision<Changed> decide(Stock state, Change command, CommandContext context) {
                int left = state.pieces.getOrDefault(command.article(), 0) + command.pieces();
                return left < 0
                        ? Decision.reject(new Rejection(Rejection.Kind.REFUSED, "sold-out", "Too few.", "/pieces"))
                        : Decision.accept(new Changed(command.article(), command.pieces()));
            }

            @Override
            public long version(Stock state, UUID aggregate) {
                return state.versions.getOrDefault(aggregate, 0);
            }

            @Override
            public void aggregates(Stock state, BiConsumer<String, UUID> each) {
                state.pieces.keySet().forEach(id -> each.accept("", id));
            }

            @Override
            public void apply(Stock state, Changed event) {
                state.pieces.merge(event.article(), event.pieces(), Integer::sum);
                state.versions.merge(event.article(), 1, Integer::sum);
            }

            @Override
            public void revert(Stock state, Changed event) {
                state.pieces.merge(event.article(), -event.pieces(), Integer::sum);
                if (state.versions.merge(event.article(), -1, Integer::sum) == 0) {
                    state.pieces.remove(event.article());
                    state.versions.remove(event.article());
                }
            }

            @Override
            public boolean canRevert() {
                return true;
            }
        };
    }

    @Override
    public Codec<Change> commands() {
        return new Codec<>() {
            @Override
            public void encode(Change value, WireWriter out) {
                out.writeUuid(value.article());
                out.writeInt(value.pieces());
            }

            @Override
            public Change decode(WireReader in) {
                return new Change(in.readUuid(), in.readInt());
            }
        };
    }

    @Override
    public Codec<Changed> events() {
        return new Codec<>() {
            @Override
            public void encode(Changed value, WireWriter out) {
                out.writeUuid(value.article());
                out.writeInt(value.pieces());
            }

            @Override
            public Changed decode(WireReader in) {
                return new Changed(in.readUuid(), in.readInt());
            }
        };
    }

    @Override
    public StateCodec<Stock> states() {
        return new StateCodec<>() {
            @Override
            public void encode(Stock state, WireWriter out, Runnable chunkEnd) {
                state.pieces.forEach((article, pieces) -> {
                    out.writeUuid(article);
                    out.writeInt(pieces);
                    out.writeInt(state.versions.getOrDefault(article, 0));
                });
                chunkEnd.run();
            }

            @Override
            public void decode(Stock state, WireReader chunk) {
                while (chunk.remaining() > 0) {
                    UUID article = chunk.readUuid();
                    state.pieces.put(article, chunk.readInt());
                    state.versions.put(article, chunk.readInt());
                }
            }
        };
    }
}
