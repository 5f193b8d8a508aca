package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PoolConfigTest {
    @Test
    void everySettingIsInTheReference() throws IOException {
        assertThat(Files.readString(Path.of("../docs/reference/configuration.md")))
                .contains(ConfigReference.rows(PoolConfig.KEYS));
    }

    @Test
    void thePoolHasTwoConnectionsForEachReadThatAsks() throws IOException {
        assertThat(Files.readString(Path.of("../liberty-config/server.xml")))
                .contains(
                        "<variable name=\"%s\" defaultValue=\"%s\"/>"
                                .formatted(
                                        PoolConfig.READ_CONNECTIONS.name(), PoolConfig.READ_CONNECTIONS.defaultText()),
                        "maxPoolSize=\"${%s*2}\"".formatted(PoolConfig.READ_CONNECTIONS.name()));
    }
}
