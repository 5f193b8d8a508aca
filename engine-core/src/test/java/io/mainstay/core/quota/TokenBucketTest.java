package io.mainstay.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;
    private static final long START = 1_700_000_000 * SECOND;

    private final TokenBucket bucket = new TokenBucket(10, 5);

    @Test
    void letsABurstThroughAndThenTheRate() {
        assertThat(takeAll(START)).isEqualTo(5);
        assertThat(bucket.waitNanos(START)).isEqualTo(SECOND / 10);
        assertThat(takeAll(START + SECOND / 10 - 1)).isZero();
        assertThat(takeAll(START + SECOND / 10)).isEqualTo(1);
        assertThat(takeAll(START + SECOND / 2)).isEqualTo(4);
    }

    @Test
    void fillsUpToTheBurstAndNoMore() {
        assertThat(takeAll(START)).isEqualTo(5);
        assertThat(bucket.isFull(START)).isFalse();
        assertThat(bucket.isFull(START + SECOND)).isTrue();
        assertThat(takeAll(START + 3600 * SECOND)).isEqualTo(5);
    }

    @Test
    void aClockThatGoesBackKeepsNobodyOutForLong() {
        assertThat(takeAll(START)).isEqualTo(5);
        long back = START - 3600 * SECOND;
        assertThat(bucket.waitNanos(back)).isEqualTo(SECOND / 10);
        assertThat(bucket.take(back)).isFalse();
        assertThat(bucket.take(back + SECOND / 10)).isTrue();
        assertThat(takeAll(back + SECOND)).isEqualTo(5);
    }

    @Test
    void manyThreadsTogetherTakeNoMore() throws Exception {
        TokenBucket shared = new TokenBucket(1, 10_000);
        Callable<Integer> taker = () -> {
            int count = 0;
            for (int left = 5000; left > 0; left--) {
                count += shared.take(START) ? 1 : 0;
            }
            return count;
        };
        int sum = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int left = 4; left > 0; left--) {
                counts.add(threads.submit(taker));
            }
            for (Future<Integer> count : counts) {
                sum += count.get();
            }
        }
        assertThat(sum).isEqualTo(10_000);
    }

    private int takeAll(long nowNanos) {
        int count = 0;
        while (bucket.take(nowNanos)) {
            count++;
        }
        return count;
    }
}
