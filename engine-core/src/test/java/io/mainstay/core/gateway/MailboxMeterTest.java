package io.mainstay.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MailboxMeterTest {
    private final MailboxMeter meter = new MailboxMeter();
    private long nowNanos;
    private long put;
    private long taken;

    @Test
    void theHintIsTheTimeThatItTakesToEmptyTheMailbox() {
        put = 100_000;
        for (int turn = 0; turn < 200; turn++) {
            taken += 10;
            pass(1);
        }
        assertThat(meter.retryAfterMillis(10_000)).isBetween(990, 1010);
        assertThat(meter.retryAfterMillis(2_000)).isBetween(195, 205);
    }

    @Test
    void theHintStaysWithinItsBounds() {
        assertThat(meter.retryAfterMillis(100)).as("nothing measured").isEqualTo(1000);
        put = 100_000;
        pass(0);
        for (int turn = 0; turn < 50; turn++) {
            taken += 1000;
            pass(1);
        }
        assertThat(meter.retryAfterMillis(16)).isEqualTo(50);
        for (int turn = 0; turn < 50; turn++) {
            pass(200);
        }
        assertThat(meter.retryAfterMillis(16_384)).as("it stalls").isEqualTo(5000);
    }

    @Test
    void idleTimeDoesNotMakeTheMailboxSlow() {
        for (int turn = 0; turn < 100; turn++) {
            put += 10;
            pass(0);
            taken += 10;
            pass(1);
            for (int idle = 0; idle < 10; idle++) {
                pass(200);
            }
        }
        assertThat(meter.retryAfterMillis(10_000)).isBetween(900, 1100);
    }

    @Test
    void whatWaitsIsAsOldAsTheLookBeforeItCame() {
        pass(1);
        put = 5;
        pass(3);
        assertThat(oldestMillis()).isEqualTo(3);
        pass(4);
        assertThat(oldestMillis()).as("nothing was taken").isEqualTo(7);
        put = 9;
        taken = 5;
        pass(2);
        assertThat(oldestMillis()).as("the first five are gone").isBetween(2L, 6L);
        taken = 9;
        pass(1);
        pass(1);
        assertThat(oldestMillis()).isLessThanOrEqualTo(1);
    }

    private void pass(int millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
        meter.look(nowNanos, put, taken);
    }

    private long oldestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(meter.oldestNanos(nowNanos));
    }
}
