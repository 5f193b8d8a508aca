package io.mainstay.api;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads again and again until the projection has caught up, holding no thread in between. */
@Singleton
final class ProjectionWait {
    private static final long PAUSE_MILLIS_MIN = 5;
    private static final long PAUSE_MILLIS_MAX = 100;

    private final Executor replies;
    private final Duration waitMax;

    @Inject
    ProjectionWait(@FromServer ManagedExecutorService replies, @FromServer ApiConfig config) {
        this(replies, config.readWait());
    }

    ProjectionWait(Executor replies, Duration waitMax) {
        this.replies = replies;
        this.waitMax = waitMax;
    }

    /** The first reading that is enough, or the last one when the time is up. */
    <T> CompletionStage<T> until(Predicate<T> enough, Supplier<T> read) {
        long endNanos = System.nanoTime() + waitMax.toNanos();
        return CompletableFuture.supplyAsync(read, replies)
                .thenCompose(reading -> next(reading, enough, read, endNanos, PAUSE_MILLIS_MIN));
    }

    private <T> CompletionStage<T> next(
            T reading, Predicate<T> enough, Supplier<T> read, long endNanos, long pauseMillis) {
        if (enough.test(reading) || System.nanoTime() - endNanos >= 0) {
            return CompletableFuture.completedFuture(reading);
        }
        Executor later = CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS, replies);
        return CompletableFuture.supplyAsync(read, later)
                .thenCompose(again -> next(again, enough, read, endNanos, Math.min(PAUSE_MILLIS_MAX, pauseMillis * 2)));
    }
}
