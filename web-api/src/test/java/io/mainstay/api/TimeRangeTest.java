package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeRangeTest {
    @Test
    void isAllTimeWithoutBounds() {
        assertThat(TimeRange.of(Exchanges.query("")).from()).isEqualTo(Instant.EPOCH);
        assertThat(TimeRange.of(Exchanges.query("")).to()).isAfter(Instant.parse("9000-01-01T00:00:00Z"));
    }

    @Test
    void readsTimesOfAnyZone() {
        assertThat(TimeRange.of(Exchanges.query("from=2026-01-02T03:04:05.123456789%2B02:00".replace("%2B", "+")))
                        .from())
                .isEqualTo(Instant.parse("2026-01-02T01:04:05.123456Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, /from",
        "from=, /from",
        "to=2026-01-02, /to",
        "to=1969-12-31T23:59:59Z, /to",
        "from=+12026-01-01T00:00:00Z, /from",
        "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, /to",
    })
    void refusesOthers(String query, String pointer) {
        assertThatThrownBy(() -> TimeRange.of(Exchanges.query(query)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().faults())
                                .extracting(Problem.Fault::pointer)
                                .containsExactly(pointer));
    }
}
