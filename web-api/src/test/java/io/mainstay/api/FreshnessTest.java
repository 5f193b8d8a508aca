package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.gateway.ShardStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreshnessTest {
    private static final List<ShardStatus> SHARDS = List.of(Shards.serving(0, 5), Shards.serving(1, 9));
    private static final Duration MAX = Duration.ofSeconds(2);

    @Test
    void takesThePositionOfAnyAnswer() {
        assertThat(of("after=1:57").after()).hasValue(new Position(1, 57));
        assertThat(of("limit=5").after()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1:", ":1", "-1:5", "1:-1", "1:5:6", "x:5", "1:123456789012345", "2:5", "1: 5"})
    void refusesWhatIsNoPositionOfAShardThatIsThere(String after) {
        assertThatThrownBy(() -> of("after=" + after)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().type()).isEqualTo(ProblemType.FIELD_INVALID);
            assertThat(refused.problem().faults())
                    .extracting(Problem.Fault::pointer)
                    .containsExactly("/after");
        });
    }

    @ParameterizedTest
    @CsvSource({"wait=1, 1", "WAIT = 0, 0", "wait=60, 2", "wait=soon, 2", "respond-async, 2"})
    void waitsAsLongAsTheCallerPrefersAndNoLongerThanIsSet(String prefer, long seconds) {
        assertThat(Freshness.of(Exchanges.of("", "lenient", prefer), SHARDS, MAX)
                        .waitMax())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void isMetByWhatTheEngineHadDoneUnlessTheCallerSaysWhatIsEnough() {
        Projected.Reading reading = () -> new Projected(Map.of(1, 58L));

        assertThat(of("").isMetBy(reading, () -> true)).isTrue();
        assertThat(of("").isMetBy(reading, () -> false)).isFalse();
        assertThat(of("after=1:57").isMetBy(reading, () -> false)).isTrue();
        assertThat(of("after=1:58").isMetBy(reading, () -> true)).isFalse();
    }

    @Test
    void isMetByAnythingForACallerWhoDoesNotWait() {
        Freshness none = Freshness.of(Exchanges.of("", "wait=0"), SHARDS, MAX);
        Freshness after = Freshness.of(Exchanges.of("after=1:58", "wait=0"), SHARDS, MAX);
        Projected.Reading reading = () -> new Projected(Map.of(1, 58L));

        assertThat(none.isMetBy(reading, () -> false)).isTrue();
        assertThat(after.isMetBy(reading, () -> true)).isFalse();
    }

    private static Freshness of(String query) {
        return Freshness.of(Exchanges.of(query), SHARDS, MAX);
    }
}
