package io.mainstay.api;

import io.mainstay.core.access.Operation;
import io.mainstay.core.access.Read;
import io.mainstay.core.deadletters.DeadLetterOperations;
import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.rebuild.Rebuilds;
import io.mainstay.core.reconcile.Reconciliation;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Makes a handler of each operation and each read of the domains, and of our own operations, once at the start. */
@Singleton
final class Endpoints {
    private final Engine engine;
    private final History history;
    private final ProjectionReads rows;
    private final CachedReads cached;
    private final ProjectionWait wait;
    private final Routes routes = new Routes();

    @Inject
    Endpoints(
            @FromServer Domains domains,
            Engine engine,
            History history,
            ProjectionReads rows,
            CachedReads cached,
            ProjectionWait wait,
            @FromServer Reconciliation reconciliation,
            @FromServer DeadLetterOperations deadLetters,
            @FromServer Rebuilds rebuilds,
            AnswerThreads threads) {
        this.engine = engine;
        this.history = history;
        this.rows = rows;
        this.cached = cached;
        this.wait = wait;
        domains.all().forEach(this::add);
        routes.with(ReconcileHandler.ENDPOINT, new ReconcileHandler(reconciliation, threads.replies()));
        new DeadLetterHandler(deadLetters, threads.replies()).register(routes);
        RebuildHandler rebuild = new RebuildHandler(rebuilds, threads.replies());
        routes.with(RebuildHandler.START, rebuild::start)
                .with(RebuildHandler.STATUS, rebuild::status)
                .with(RebuildHandler.CANCEL, rebuild::cancel);
    }

    Routes routes() {
        return routes;
    }

    private <S, C extends Command> void add(Domain<S, C, ?> domain) {
        for (Operation<C> operation : domain.access().operations()) {
            routes.with(operation.endpoint(), new OperationHandler<>(operation, engine));
            operation
                    .batch()
                    .ifPresent(batch -> routes.with(batch.endpoint(), new BatchHandler<>(operation, batch, engine)));
        }
        if (!domain.access().reads().isEmpty()) {
            @SuppressWarnings("unchecked")
            Class<S> state = (Class<S>) domain.stateMachine().emptyState().getClass();
            domain.access().reads().forEach(read -> routes.with(read.endpoint(), handler(read, state)));
        }
    }

    private <S> Handler handler(Read<S> read, Class<S> state) {
        return switch (read) {
            case Read.Memory<S, ?> memory -> past(new MemoryHandler<>(memory, state, engine, history));
            case Read.Anywhere<S, ?> anywhere -> past(new AnywhereHandler<>(anywhere, state, engine));
            case Read.Changes<S> changes -> past(new ChangesHandler<>(changes, state, engine, history));
            case Read.Everywhere<S, ?> everywhere -> past(new EverywhereHandler<>(everywhere, state, engine));
            case Read.Lookup<S> lookup -> new LookupHandler(lookup, engine, cached, wait);
            case Read.Listing<S> listing -> new ListingHandler<>(listing, state, engine, rows, wait);
            case Read.Timeline<S> timeline -> new TimelineHandler<>(timeline, state, engine, rows, wait);
            case Read.Statement<S> statement -> new StatementHandler<>(statement, state, engine, rows, wait);
        };
    }

    private Handler past(Handler read) {
        return new PastHandler(read, engine);
    }
}
