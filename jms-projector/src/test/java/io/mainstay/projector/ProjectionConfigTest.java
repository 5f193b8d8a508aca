package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProjectionConfigTest {
    @Test
    void everySettingIsInTheReference() throws IOException {
        assertThat(Files.readString(Path.of("../docs/reference/configuration.md")))
                .contains(ConfigReference.rows(ProjectionConfig.KEYS));
    }

    @Test
    void everyDefaultIsValid() {
        assertThat(ProjectionConfig.from(name -> Optional.empty()).targets())
                .containsExactlyInAnyOrder("sql", "events");
    }

    @Test
    void takesSomeTargetsAndNoOthers() {
        assertThat(ProjectionConfig.from(name -> Optional.of("sql").filter(text -> name.endsWith(".targets")))
                        .targets())
                .containsExactly("sql");
        assertThatThrownBy(() ->
                        ProjectionConfig.from(name -> Optional.of("sql,").filter(text -> name.endsWith(".targets"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "mainstay.projection.targets is 'sql,' (no name); names of targets, separated by commas wanted");
    }
}
