package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.config.ConfigReference;
import io.mainstay.core.domain.Domains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    @Test
    void refusesATargetThatNobodyBrings() {
        assertThatThrownBy(() -> Targets.load(
                        ProjectionConfigTest.class.getClassLoader(), new Domains(List.of()), Set.of("sql", "disk")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("disk")
                .hasMessageContaining("the targets are [sql, events");
    }
}
