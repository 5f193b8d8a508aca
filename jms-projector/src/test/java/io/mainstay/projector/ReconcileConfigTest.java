package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReconcileConfigTest {
    @Test
    void everySettingIsInTheReference() throws IOException {
        assertThat(Files.readString(Path.of("../docs/reference/configuration.md")))
                .contains(ConfigReference.rows(ReconcileConfig.KEYS));
    }

    @Test
    void everyDefaultIsValid() {
        assertThat(ReconcileConfig.from(name -> Optional.empty()).interval()).isPositive();
    }
}
