package io.mainstay.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigKeyTest {
    private static final ConfigKey<Integer> SHARDS = ConfigKey.count("mainstay.shards", 4, 1, 256, "How many.");
    private static final ConfigKey<Duration> WAIT = ConfigKey.duration("mainstay.wait", "2s", "0ms", "1h", "How long.");

    @Test
    void readsWhatIsSetAndElseTheDefault() {
        assertThat(SHARDS.read(name -> Optional.of(" 8 "))).isEqualTo(8);
        assertThat(SHARDS.read(name -> Optional.empty())).isEqualTo(4);
        assertThat(WAIT.read(name -> Optional.of("5ms"))).isEqualTo(Duration.ofMillis(5));
        assertThat(WAIT.read(name -> Optional.of("1h"))).isEqualTo(Duration.ofHours(1));
        assertThat(WAIT.read(name -> Optional.empty())).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "257", "-1", "1.5", "99999999999"})
    void refusesANumberOutOfRangeAndSaysTheRange(String text) {
        assertThatThrownBy(() -> SHARDS.read(name -> Optional.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mainstay.shards is '" + text + "'")
                .hasMessageContaining("1 to 256 wanted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "-2s", "2 s", "2h", "1w"})
    void refusesADurationWithoutUnitOrOutOfRange(String text) {
        assertThatThrownBy(() -> WAIT.read(name -> Optional.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0ms to 1h wanted");
    }

    @Test
    void readsASizeWithItsUnit() {
        ConfigKey<Long> size = ConfigKey.size("mainstay.size", "64MiB", "512KiB", "1GiB", "How much.");
        assertThat(size.read(name -> Optional.empty())).isEqualTo(64L << 20);
        assertThat(size.read(name -> Optional.of("1GiB"))).isEqualTo(1L << 30);
        for (String wrong : new String[] {"64", "64MB", "2GiB", "511KiB", "-1MiB"}) {
            assertThatThrownBy(() -> size.read(name -> Optional.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("512KiB to 1GiB wanted");
        }
    }

    @Test
    void readsAChoiceByItsName() {
        ConfigKey<Choice> choice = ConfigKey.choice("mainstay.choice", Choice.one, Choice.class, "Which.");
        assertThat(choice.read(name -> Optional.empty())).isEqualTo(Choice.one);
        assertThat(choice.read(name -> Optional.of("other"))).isEqualTo(Choice.other);
        assertThatThrownBy(() -> choice.read(name -> Optional.of("third")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mainstay.choice is 'third'")
                .hasMessageContaining("one, other wanted");
    }

    private enum Choice {
        one,
        other
    }
}
