package io.mainstay.api;

import io.mainstay.core.gateway.ShardStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads again and again until the projection has caught up, holding no thread in between. */
@Singleton
final class ProjectionWait {
    private static final long PAUSE_MILLIS_MIN = 5;
    private static final long PAUSE_MILLIS_MAX = 100;
    private static final Duration DATABASE_WAIT_MAX = Duration.ofSeconds(6);

    private static final int RETRY_MILLIS = 1000;

    private final Supplier<List<ShardStatus>> engine;
    private final Executor replies;
    private final Executor reads;
    private final Duration waitMax;

    @Inject
    ProjectionWait(Engine engine, AnswerThreads threads, @FromServer ApiConfig config) {
        this(engine::status, threads.replies(), threads.reads(), config.readWait());
    }

    ProjectionWait(Supplier<List<ShardStatus>> engine, Executor replies, Executor reads, Duration waitMax) {
        this.engine = engine;
        this.replies = replies;
        this.reads = reads;
        this.waitMax = waitMax;
    }

    /** What a request asks for, with the longest wait that is set. */
    Freshness freshness(Exchange exchange) {
        return Freshness.of(exchange, engine.get(), waitMax);
    }

    /** A reading that needs no database, on the threads that answers are sent from. */
    <T> CompletionStage<T> atOnce(T reading) {
        return CompletableFuture.supplyAsync(() -> reading, replies);
    }

    /**
     * The first reading that shows what its caller wants to see; if nothing is wanted, the first one that is enough, or the
     * last one when the time is up.
     *
     * <p>Fails with {@link ProblemException}: {@code projection-behind} if what is wanted did not come in time,
     * {@code projection-unavailable} if the database gave no reading at all some seconds after that.
     */
    <T extends Projected.Reading> CompletionStage<T> until(Freshness wanted, Predicate<T> enough, Supplier<T> read) {
        if (wanted.after().isEmpty()) {
            return until(wanted.waitMax(), enough, read);
        }
        Position after = wanted.after().get();
        return until(wanted.waitMax(), reading -> reading.projected().shows(after), read)
                .thenApply(reading -> {
                    if (!reading.projected().shows(after)) {
                        throw behind(after, reading.projected());
                    }
                    return reading;
                });
    }

    /** The first reading that is enough, or the last one when the time is up. */
    <T> CompletionStage<T> until(Duration waitAtMost, Predicate<T> enough, Supplier<T> read) {
        long endNanos = System.nanoTime() + waitAtMost.toNanos();
        return CompletableFuture.supplyAsync(read, reads)
                .thenCompose(reading -> next(reading, enough, read, endNanos, PAUSE_MILLIS_MIN))
                .orTimeout(waitAtMost.plus(DATABASE_WAIT_MAX).toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    throw failed(Failures.unwrap(failure));
                });
    }

    private <T> CompletionStage<T> next(
            T reading, Predicate<T> enough, Supplier<T> read, long endNanos, long pauseMillis) {
        if (enough.test(reading) || System.nanoTime() - endNanos >= 0) {
            return CompletableFuture.completedFuture(reading);
        }
        return new CompletableFuture<Boolean>()
                .completeOnTimeout(true, pauseMillis, TimeUnit.MILLISECONDS)
                .thenApplyAsync(paused -> read.get(), reads)
                .thenCompose(again -> next(again, enough, read, endNanos, Math.min(PAUSE_MILLIS_MAX, pauseMillis * 2)));
    }

    private ProblemException behind(Position after, Projected projected) {
        Position come = projected.of(after.shard());
        Problem problem = Problem.of(
                        ProblemType.PROJECTION_BEHIND,
                        "The projection of shard %d is at offset %d, %d behind offset %d; ask again."
                                .formatted(
                                        after.shard(), come.offset(), after.offset() - come.offset(), after.offset()))
                .with(Problem.Place.of(come))
                .retryAfterMillis(RETRY_MILLIS);
        return new ProblemException(projected.stamp(problem, after.shard(), engine.get()));
    }

    private static RuntimeException failed(Throwable cause) {
        return cause instanceof TimeoutException
                ? new ProblemException(
                        Problem.of(
                                        ProblemType.PROJECTION_UNAVAILABLE,
                                        "The database did not answer in time. Commands and balances go on; ask again.")
                                .retryAfterMillis(RETRY_MILLIS),
                        cause)
                : Failures.rethrow(cause);
    }
}
