package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.targets.ProjectionTarget;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.OpenAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that come with the application. */
final class TargetsTest {
    private static final ClassLoader LOADER = TargetsTest.class.getClassLoader();
    private static final Domains DOMAINS = new Domains(List.of(new LedgerDomain()));

    @Test
    void findsThoseThatAreOn() {
        assertThat(Targets.load(LOADER, DOMAINS, Set.of("offsets", "sql")))
                .extracting(ProjectionTarget::name)
                .containsExactly("sql", "offsets");
    }

    @Test
    void refusesATargetThatNobodyBrings() {
        assertThatThrownBy(() -> Targets.load(LOADER, DOMAINS, Set.of("sql", "disk")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("disk")
                .hasMessageContaining("the targets are [sql, events, offsets]");
    }

    @Test
    void projectsIntoATargetOfTheApplication(@TempDir Path directory) throws IOException {
        try (EmbeddedServer server = EmbeddedServer.start(directory.resolve("pg"));
                LocalProjection projection =
                        new LocalProjection(server.database().dataSource(), DOMAINS, "offsets", 500)) {
            ShardLog log = new ShardLog(2);
            projection.project(
                    2,
                    List.of(
                            LogFrame.parse(log.frame(new OpenAccount(UUID.randomUUID(), "main", "EUR", 0))),
                            LogFrame.parse(log.frame())));

            assertThat(server.database().rows("SELECT log_offset, shard FROM offsets"))
                    .containsExactly("0 | 2");
            assertThat(server.database().rows("SELECT target, executed_before FROM projection_positions"))
                    .containsExactly("offsets | 1");
        }
    }
}
