package io.mainstay.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
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

    private final Executor reads;
    private final Duration waitMax;

    @Inject
    ProjectionWait(AnswerThreads threads, @FromServer ApiConfig config) {
        this(threads.reads(), config.readWait());
    }

    ProjectionWait(Executor reads, Duration waitMax) {
        this.reads = reads;
        this.waitMax = waitMax;
    }

    /**
     * The first reading that is enough, or the last one when the time is up.
     *
     * <p>Fails with {@link ProblemException} if the database gave no reading at all some seconds after that.
     */
    <T> CompletionStage<T> until(Predicate<T> enough, Supplier<T> read) {
        long endNanos = System.nanoTime() + waitMax.toNanos();
        return CompletableFuture.supplyAsync(read, reads)
                .thenCompose(reading -> next(reading, enough, read, endNanos, PAUSE_MILLIS_MIN))
                .orTimeout(waitMax.plus(DATABASE_WAIT_MAX).toMillis(), TimeUnit.MILLISECONDS)
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

    private static RuntimeException failed(Throwable cause) {
        return cause instanceof TimeoutException
                ? new ProblemException(
                        Problem.of(
                                        ProblemType.PROJECTION_UNAVAILABLE,
                                        "The database did not answer in time. Commands and balances go on; ask again.")
                                .retryAfterMillis(1000),
                        cause)
                : Failures.rethrow(cause);
    }
}
