package io.mainstay.projector;

import io.mainstay.core.domain.Domains;
import io.mainstay.domain.ledger.LedgerDomain;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What tests do to a database by hand. */
final class Database {
    private static final Domains LEDGER = new Domains(List.of(new LedgerDomain()));

    private final DataSource dataSource;

    Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    DataSource dataSource() {
        return dataSource;
    }

    void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Each row as its columns' texts, one after the other. */
    List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            try (ResultSet found = statement.executeQuery(sql)) {
                int columns = found.getMetaData().getColumnCount();
                while (found.next()) {
                    List<String> row = new ArrayList<>();
                    for (int column = 1; column <= columns; column++) {
                        row.add(String.valueOf(found.getString(column)));
                    }
                    rows.add(String.join(" | ", row));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return rows;
    }

    long number(String sql) {
        return Long.parseLong(rows(sql).get(0));
    }

    void migrate() {
        migrate(LEDGER);
    }

    void migrate(Domains domains) {
        try (Connection connection = dataSource.getConnection()) {
            migrations(domains).migrate(connection);
        } catch (SQLException | liquibase.exception.LiquibaseException e) {
            throw new IllegalStateException(e);
        }
    }

    void rollback(int count) {
        try (Connection connection = dataSource.getConnection()) {
            migrations(LEDGER).rollback(connection, count);
        } catch (SQLException | liquibase.exception.LiquibaseException e) {
            throw new IllegalStateException(e);
        }
    }

    void empty() {
        execute("TRUNCATE accounts, transfers, entries, projection_positions, events, dead_letters");
    }

    private static Migrations migrations(Domains domains) {
        return new Migrations(Database.class.getClassLoader(), List.of(new SqlTarget(domains), new EventsTarget()));
    }
}
