package io.mainstay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final RandomGenerator random = new Random(7);
    private final Retry retry = new Retry(Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofSeconds(2));

    @Test
    void pausesTwiceAsLongEachTimeUpToABound() {
        for (int round = 0; round < 1_000; round++) {
            assertThat(retry.pauseAfter(1, random)).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
            assertThat(retry.pauseAfter(3, random)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
            assertThat(retry.pauseAfter(9, random)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
            assertThat(retry.pauseAfter(10_000, random)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        }
    }

    @Test
    void neverRepeatsWithoutTime() {
        assertThat(Retry.NEVER.total()).isZero();
    }

    @Test
    void refusesPausesThatShrink() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Retry(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
