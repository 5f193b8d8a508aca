package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ArchiveConfigTest {
    @Test
    void everySettingIsInTheReference() throws IOException {
        assertThat(Files.readString(Path.of("../docs/reference/configuration.md")))
                .contains(ConfigReference.rows(ArchiveConfig.KEYS));
    }

    @Test
    void everyDefaultIsValid() {
        assertThat(ArchiveConfig.DEFAULT.segmentBytes()).isEqualTo(64L << 20);
    }
}
