package io.mainstay.projector;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that were written before their table had a column for the tenant, or by the version before: they get the tenant of the
 * row that they refer to by a foreign key, some at a time, beside the writers.
 */
final class MissingTenants {
    /** So many rows a transaction, so that no writer waits long for one of them. */
    private static final int ROWS_A_TRANSACTION = 10_000;

    private static final String TABLES = """
            SELECT c.conrelid::regclass, quote_ident(a.attname), c.confrelid::regclass, quote_ident(r.attname)
              FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
              JOIN pg_attribute r ON r.attrelid = c.confrelid AND r.attnum = c.confkey[1]
              JOIN pg_attribute t ON t.attrelid = c.conrelid AND t.attname = 'tenant' AND NOT t.attisdropped
              JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attname = 'tenant' AND NOT f.attisdropped
             WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.connamespace = current_schema()::regnamespace
               AND NOT t.attnotnull AND c.conparentid = 0
             ORDER BY c.conname
            """;

    private final Connection connection;

    /** The connection is that of the tables' owner. */
    MissingTenants(Connection connection) {
        this.connection = connection;
    }

    /** Returns how many rows have got their tenant. */
    long fill() throws SQLException {
        connection.setAutoCommit(false);
        long count = 0;
        for (String update : updates()) {
            int updated;
            do {
                try (Statement statement = connection.createStatement()) {
                    updated = statement.executeUpdate(update);
                }
                connection.commit();
                count += updated;
            } while (updated > 0);
        }
        connection.commit();
        return count;
    }

    private List<String> updates() throws SQLException {
        List<String> updates = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                updates.add("""
                        UPDATE %1$s SET tenant = known.tenant
                          FROM (SELECT lacking.tableoid AS part, lacking.ctid AS place, parent.tenant
                                  FROM %1$s lacking JOIN %3$s parent ON parent.%4$s = lacking.%2$s
                                 WHERE lacking.tenant IS NULL AND parent.tenant IS NOT NULL LIMIT %5$d) known
                         WHERE %1$s.tableoid = known.part AND %1$s.ctid = known.place AND %1$s.tenant IS NULL
                        """.formatted(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                ROWS_A_TRANSACTION));
            }
        }
        return updates;
    }
}
