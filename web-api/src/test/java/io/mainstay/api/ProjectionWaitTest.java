package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        CompletableFuture<Integer> reading = new ProjectionWait(List::of, once, once, Duration.ofSeconds(10))
                .<Integer>until(Duration.ofSeconds(10), any -> false, reads::incrementAndGet)
                .toCompletableFuture();

        assertThat(reading)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withRootCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void waitsForWhatTheCallerKnowsToBeThere() {
        assertThat(readUntil("after=1:5", Duration.ofSeconds(10)).projected().of(1))
                .isEqualTo(new Position(1, 5));
        assertThat(reads).as("one more offset is shown by each").hasValue(6);
    }

    @Test
    void tellsHowFarBehindTheProjectionIs() {
        assertThatThrownBy(() -> readUntil("after=1:5000", Duration.ofMillis(30)))
                .hasCauseInstanceOf(ProblemException.class)
                .satisfies(failure -> {
                    Problem behind = ((ProblemException) Failures.unwrap(failure)).problem();
                    long come = reads.get() - 1L;
                    assertThat(behind.type()).isEqualTo(ProblemType.PROJECTION_BEHIND);
                    assertThat(behind.detail()).contains("offset " + come, (5000 - come) + " behind offset 5000");
                    assertThat(behind.headers())
                            .containsEntry("Retry-After", "1")
                            .containsEntry("Mainstay-Projected", "1:" + come)
                            .containsEntry("Mainstay-Projection-Lag", Long.toString(9000 - reads.get()));
                });
    }

    @Test
    void isNotContentWithWhatWouldDoWithoutAWish() {
        ProjectionWait wait = wait(Duration.ZERO);

        assertThat(wait.freshness(Exchanges.of("")).after()).isEmpty();
        assertThat(wait.<Shown>until(wait.freshness(Exchanges.of("")), any -> true, this::show)
                        .toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(10));
        assertThat(wait.<Shown>until(wait.freshness(Exchanges.of("after=1:5")), any -> true, this::show)
                        .toCompletableFuture())
                .failsWithin(Duration.ofSeconds(10));
    }

    /** Each reading shows one more offset of shard 1. */
    private Shown show() {
        return new Shown(new Projected(Map.of(1, (long) reads.incrementAndGet())));
    }

    private record Shown(Projected projected) implements Projected.Reading {}

    private Shown readUntil(String query, Duration waitMax) {
        ProjectionWait wait = wait(waitMax);
        return wait.<Shown>until(wait.freshness(Exchanges.of(query)), any -> false, this::show)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static ProjectionWait wait(Duration waitMax) {
        return new ProjectionWait(
                () -> List.of(Shards.serving(1, 9000)), ForkJoinPool.commonPool(), ForkJoinPool.commonPool(), waitMax);
    }

    private int readUntil(int enough, Duration waitMax) {
        return new ProjectionWait(List::of, ForkJoinPool.commonPool(), ForkJoinPool.commonPool(), waitMax)
                .until(waitMax, reading -> reading >= enough, reads::incrementAndGet)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }
}
