package io.mainstay.api;

import io.mainstay.core.access.Read;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.ShardStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.sql.DataSource;

/** The handlers of reads from a database, beside an engine that knows every aggregate and has done nothing. */
final class HandlersOfReads {
    private static final ApiConfig CONFIG = new ApiConfig(Duration.ofSeconds(10), Duration.ZERO);

    private final ProjectionReads rows;
    private final ProjectionWait wait = new ProjectionWait(List::of, Runnable::run, Runnable::run, CONFIG.readWait());

    HandlersOfReads(DataSource database) {
        rows = new ProjectionReads(database, new Domains(List.of()));
    }

    Handler of(Read<?> read) {
        return switch (read) {
            case Read.Lookup<?> lookup -> new LookupHandler(lookup, engine(true), uncached(), wait);
            case Read.Listing<?> listing -> listing(listing);
            case Read.Timeline<?> timeline -> timeline(timeline);
            case Read.Statement<?> statement -> statement(statement);
            case Read.Memory<?, ?> m -> throw new IllegalArgumentException("not of the database: " + m);
            case Read.Anywhere<?, ?> a -> throw new IllegalArgumentException("not of the database: " + a);
            case Read.Everywhere<?, ?> e -> throw new IllegalArgumentException("not of the database: " + e);
            case Read.Changes<?> c -> throw new IllegalArgumentException("not of the database: " + c);
        };
    }

    @SuppressWarnings("unchecked") // The engine here never looks into a state.
    private <S> Handler listing(Read.Listing<S> read) {
        return new ListingHandler<>(read, (Class<S>) Object.class, engine(OptionalLong.of(1)), rows, wait);
    }

    @SuppressWarnings("unchecked")
    private <S> Handler timeline(Read.Timeline<S> read) {
        return new TimelineHandler<>(read, (Class<S>) Object.class, engine(true), rows, wait);
    }

    @SuppressWarnings("unchecked")
    private <S> Handler statement(Read.Statement<S> read) {
        return new StatementHandler<>(read, (Class<S>) Object.class, engine(OptionalLong.of(1)), rows, wait);
    }

    private CachedReads uncached() {
        return new CachedReads(
                rows, (consumer, replaced) -> () -> {}, new CacheConfig(0, Duration.ZERO), List.of(), System::nanoTime);
    }

    private static Engine engine(Object told) {
        return new Engine(new Knowing(told), Runnable::run, CONFIG);
    }

    /** Tells the same of every aggregate. */
    private record Knowing(Object told) implements CommandGateway {
        @Override
        public void submit(CommandRequest request, io.mainstay.core.gateway.Reply reply) {
            throw new UnsupportedOperationException();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <S, R> CompletionStage<Optional<Reading<R>>> read(
                UUID aggregate, Class<S> stateType, Function<S, R> read) {
            return CompletableFuture.completedFuture(Optional.of(new Reading<>(0, 0, (R) told)));
        }

        @Override
        public <S, R> CompletionStage<List<Reading<R>>> readAll(Class<S> stateType, Function<S, R> read) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ShardStatus> status() {
            return List.of(Shards.serving(0, 0));
        }
    }
}
