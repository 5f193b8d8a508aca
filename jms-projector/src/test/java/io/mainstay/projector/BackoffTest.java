package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Test
    void doublesUpToTheLimit() {
        Backoff backoff = new Backoff(FIRST, LIMIT, () -> 1.0);

        assertThat(backoff.after(1)).isEqualTo(FIRST);
        assertThat(backoff.after(2)).isEqualTo(FIRST.multipliedBy(2));
        assertThat(backoff.after(6)).isEqualTo(Duration.ofMillis(3200));
        assertThat(backoff.after(7)).isEqualTo(LIMIT);
        assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(LIMIT);
    }

    @Test
    void waitsAtLeastHalf() {
        assertThat(new Backoff(FIRST, LIMIT, () -> 0.0).after(1)).isEqualTo(FIRST.dividedBy(2));
    }
}
