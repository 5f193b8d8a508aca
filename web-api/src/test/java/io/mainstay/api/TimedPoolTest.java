package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import liquibase.exception.LiquibaseException;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class TimedPoolTest {
    private final List<Duration> waited = new ArrayList<>();

    @Test
    void tellsHowLongAConnectionIsWaitedFor() throws IOException, SQLException, LiquibaseException {
        try (ProjectionDatabase database = ProjectionDatabase.start();
                Connection connection = new TimedPool(database.source(), waited::add).getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
            assertThat(waited)
                    .singleElement()
                    .satisfies(time -> assertThat(time).isPositive());
        }
    }

    @Test
    void tellsItAlsoIfNoneComes() {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setPortNumbers(new int[] {1});

        assertThatThrownBy(() -> new TimedPool(nobody, waited::add).getConnection())
                .isInstanceOf(SQLException.class);
        assertThat(waited).hasSize(1);
    }
}
