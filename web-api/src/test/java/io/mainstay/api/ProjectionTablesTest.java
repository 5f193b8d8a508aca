package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class ProjectionTablesTest {
    private final Queue<Boolean> answers = new ArrayDeque<>(List.of(false, false, true, false));

    @Test
    void tablesThatWereSeenOnceAreNotAskedForAgain() {
        ProjectionTables tables = new ProjectionTables(answers::remove);
        assertThat(tables.seen()).isFalse();
        assertThat(tables.seen()).isFalse();
        assertThat(tables.seen()).isTrue();
        assertThat(tables.seen()).as("the database is away again").isTrue();
        assertThat(answers).hasSize(1);
    }
}
