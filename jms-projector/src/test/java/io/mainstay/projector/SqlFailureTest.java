package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SqlFailureTest {
    @Test
    void findsTheDriversReasonBehindWrappers() {
        BatchUpdateException batch = new BatchUpdateException("batch", null, new int[0]);
        batch.setNextException(new SQLException("lost", "40P01"));

        assertThat(SqlFailure.of(new PersistenceException(new IllegalStateException(batch))))
                .isEqualTo(SqlFailure.CONTENTION);
    }

    @Test
    void tellsSortsApart() {
        assertThat(of("40001")).isEqualTo(SqlFailure.CONTENTION);
        assertThat(of("23505")).isEqualTo(SqlFailure.DUPLICATE);
        assertThat(of("08006")).isEqualTo(SqlFailure.AWAY);
        assertThat(of("57P01")).isEqualTo(SqlFailure.AWAY);
        assertThat(of("53300")).isEqualTo(SqlFailure.AWAY);
        for (String data : List.of("23514", "23502", "23503", "22021", "22001", "54000")) {
            assertThat(of(data)).as(data).isEqualTo(SqlFailure.DATA);
        }
        for (String refused : List.of("42P01", "42501", "42703", "25006", "54001", "XX000")) {
            assertThat(of(refused)).as(refused).isEqualTo(SqlFailure.REFUSED);
        }
        assertThat(SqlFailure.of(new IllegalStateException("no connection"))).isEqualTo(SqlFailure.AWAY);
    }

    private static SqlFailure of(String state) {
        return SqlFailure.of(new PersistenceException(new SQLException("refused", state)));
    }
}
