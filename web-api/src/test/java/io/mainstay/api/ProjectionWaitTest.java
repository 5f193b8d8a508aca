package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProjectionWaitTest {
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void readsUntilItIsEnough() {
        assertThat(readUntil(4, Duration.ofSeconds(10))).isEqualTo(4);
        assertThat(reads).hasValue(4);
    }

    @Test
    void givesTheLastReadingWhenTheTimeIsUp() {
        assertThat(readUntil(Integer.MAX_VALUE, Duration.ofMillis(30))).isEqualTo(reads.get());
    }

    @Test
    void readsOnceWithoutTimeToWait() {
        assertThat(readUntil(2, Duration.ZERO)).isEqualTo(1);
    }

    @Test
    void failsIfThereIsNoThreadForTheNextReading() {
        AtomicInteger executions = new AtomicInteger();
        Executor once = task -> {
            if (executions.getAndIncrement() > 0) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        };
        CompletableFuture<Integer> reading = new ProjectionWait(once, Duration.ofSeconds(10))
                .<Integer>until(any -> false, reads::incrementAndGet)
                .toCompletableFuture();

        assertThat(reading)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withRootCauseInstanceOf(RejectedExecutionException.class);
    }

    private int readUntil(int enough, Duration waitMax) {
        return new ProjectionWait(ForkJoinPool.commonPool(), waitMax)
                .until(reading -> reading >= enough, reads::incrementAndGet)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
