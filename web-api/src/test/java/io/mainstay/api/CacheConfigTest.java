package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CacheConfigTest {
    @Test
    void everySettingIsInTheReference() throws IOException {
        assertThat(Files.readString(Path.of("../docs/reference/configuration.md")))
                .contains(ConfigReference.rows(CacheConfig.KEYS));
    }

    @Test
    void keepsRowsUnlessItIsTurnedOff() {
        assertThat(CacheConfig.from(name -> Optional.empty()).isOn()).isTrue();
        assertThat(set("mainstay.cache.stale.max", "0ms").isOn()).isFalse();
        assertThat(set("mainstay.cache.rows.max", "0").isOn()).isFalse();
    }

    private static CacheConfig set(String name, String value) {
        return CacheConfig.from(key -> Optional.ofNullable(Map.of(name, value).get(key)));
    }
}
