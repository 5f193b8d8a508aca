package io.mainstay.core.shard;

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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** A domain for tests of tenants: counts what each of them does to one aggregate. */
final class TenantDomain implements Domain<AtomicLong, TenantDomain.Hit, TenantDomain.Was> {
    static final int ID = 13;
    private static final UUID AGGREGATE = new UUID(0, ID);

    record Hit(String tenant) implements Command {
        @Override
        public Route route() {
            return new Route.Existing(List.of(AGGREGATE));
        }
    }

    record Was(String tenant) implements Event {}

    @Override
    public String name() {
        return "tenants";
    }

    @Override
    public int id() {
        return ID;
    }

    @Override
    public int schemaVersion() {
        return 1;
    }

    @Override
    public Class<Hit> commandType() {
        return Hit.class;
    }

    @Override
    public StateMachine<AtomicLong, Hit, Was> stateMachine() {
        return new StateMachine<>() {
            @Override
            public AtomicLong emptyState() {
                return new AtomicLong();
            }

            @Override
            public Decision<Was> decide(AtomicLong state, Hit command, CommandContext context) {
                return Decision.accept(new Was(command.tenant()));
            }

            @Override
            public long version(AtomicLong state, UUID aggregate) {
                return state.get();
            }

            @Override
            public void aggregates(AtomicLong state, BiConsumer<String, UUID> each) {
                each.accept("", AGGREGATE);
            }

            @Override
            public void apply(AtomicLong state, Was event) {
                state.incrementAndGet();
            }
        };
    }

    @Override
    public Codec<Hit> commands() {
        return new Codec<>() {
            @Override
            public void encode(Hit value, WireWriter out) {
                out.writeText(value.tenant());
            }

            @Override
            public Hit decode(WireReader in) {
                return new Hit(in.readText());
            }
        };
    }

    @Override
    public Codec<Was> events() {
        return new Codec<>() {
            @Override
            public void encode(Was value, WireWriter out) {
                out.writeText(value.tenant());
            }

            @Override
            public Was decode(WireReader in) {
                return new Was(in.readText());
            }
        };
    }

    @Override
    public StateCodec<AtomicLong> states() {
        return new StateCodec<>() {
            @Override
            public void encode(AtomicLong state, WireWriter out, Runnable chunkEnd) {
                out.writeLong(state.get());
                chunkEnd.run();
            }

            @Override
            public void decode(AtomicLong state, WireReader chunk) {
                state.set(chunk.readLong());
            }
        };
    }
}
