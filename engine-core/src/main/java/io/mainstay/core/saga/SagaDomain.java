package io.mainstay.core.saga;

import io.mainstay.core.access.Access;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * What the engine keeps of sagas, as a domain beside the others. Its commands are not decided here: they have commands of
 * other domains decided, which only the shard can.
 */
public final class SagaDomain implements Domain<SagaState, SagaCommand, SagaEvent> {
    /** Number of this domain in the log. */
    public static final int ID = 255;

    private static final int CHUNK_BYTES = 512 * 1024;

    @Override
    public String name() {
        return "saga";
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
    public Class<SagaCommand> commandType() {
        return SagaCommand.class;
    }

    @Override
    public StateMachine<SagaState, SagaCommand, SagaEvent> stateMachine() {
        return new Rules();
    }

    @Override
    public Codec<SagaCommand> commands() {
        return SagaCodecs.COMMANDS;
    }

    @Override
    public Codec<SagaEvent> events() {
        return SagaCodecs.EVENTS;
    }

    @Override
    public StateCodec<SagaState> states() {
        return new States();
    }

    @Override
    public Access<SagaState, SagaCommand> access() {
        return SagaAccess.ACCESS;
    }

    private static final class Rules implements StateMachine<SagaState, SagaCommand, SagaEvent> {
        @Override
        public SagaState emptyState() {
            return new SagaState();
        }

        @Override
        public Decision<SagaEvent> decide(SagaState state, SagaCommand command, CommandContext context) {
            throw new UnsupportedOperationException("a message of a saga comes from its shards alone: " + command);
        }

        @Override
        public long dueMicros(SagaState state) {
            return state.dueMicros();
        }

        @Override
        public long version(SagaState state, UUID aggregate) {
            return 0;
        }

        @Override
        public void aggregates(SagaState state, BiConsumer<String, UUID> each) {}

        @Override
        public void apply(SagaState state, SagaEvent event) {
            state.apply(event);
        }
    }

    private static final class States implements StateCodec<SagaState> {
        @Override
        public void encode(SagaState state, WireWriter out, Runnable chunkEnd) {
            for (RunningSaga running : state.all()) {
                running.write(out);
                if (out.size() >= CHUNK_BYTES) {
                    chunkEnd.run();
                }
            }
            chunkEnd.run();
        }

        @Override
        public void decode(SagaState state, WireReader chunk) {
            while (chunk.remaining() > 0) {
                state.add(RunningSaga.read(chunk));
            }
        }

        @Override
        public List<?> rows(WireReader chunk) {
            List<RunningSaga> rows = new ArrayList<>();
            while (chunk.remaining() > 0) {
                rows.add(RunningSaga.read(chunk));
            }
            return rows;
        }
    }
}
