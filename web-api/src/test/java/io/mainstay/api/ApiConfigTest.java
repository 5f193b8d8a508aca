package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ApiConfigTest {
    @Test
    void readsDurationsWithUnits() {
        assertThat(ApiConfig.of("1m", "5ms")).isEqualTo(new ApiConfig(Duration.ofMinutes(1), Duration.ofMillis(5)));
        assertThat(ApiConfig.of("10s", "0s").readWait()).isZero();
    }

    @Test
    void refusesWhatIsNoDurationByTheNameOfItsKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiConfig.of("10", "2s"))
                .withMessageContaining("mainstay.command.timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiConfig.of("10s", "-2s"))
                .withMessageContaining("mainstay.read.wait");
        assertThatIllegalArgumentException().isThrownBy(() -> ApiConfig.of("0s", "2s"));
    }
}
