package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SnapshotScheduleTest {
    private static final Duration LITTLE = Duration.ofSeconds(1);
    private final SnapshotSchedule schedule =
            new SnapshotSchedule(Duration.ofMinutes(5), 1_000_000, Duration.ofSeconds(10));

    @Test
    void isDueByTimeAndByCountButNotWithoutAnythingNew() {
        assertThat(schedule.isDue(0, Duration.ofDays(1), 1)).isFalse();
        assertThat(schedule.isDue(1, Duration.ofMinutes(5), 0)).isTrue();
        assertThat(schedule.isDue(1, LITTLE, 0)).isFalse();
        assertThat(schedule.isDue(1_000_000, LITTLE, 0)).isTrue();
        assertThat(schedule.isDue(999_999, LITTLE, 0)).isFalse();
    }

    @Test
    void isDueWhenAReplayWouldTakeTooLong() {
        assertThat(schedule.isDue(499_999, LITTLE, 50_000)).isFalse();
        assertThat(schedule.isDue(500_000, LITTLE, 50_000)).isTrue();
        assertThat(schedule.isDue(500_000, LITTLE, 60_000))
                .as("a faster shard may wait longer")
                .isFalse();
    }
}
