package io.mainstay.projector;

import io.mainstay.core.projection.TenantSetting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may do what with the tables of the current schema: said once for all of them, after each migration, so that nobody who
 * makes a table has to think of it.
 *
 * <p>The writer reads, inserts and updates. The reader sees the rows of the tenant that its transaction has named, of a table
 * without tenants none. The auditor sees every row, but no column that is personal. To the owner none of this applies. A role
 * that the database does not have is passed over.
 */
final class TableAccess {
    private static final String WRITER = "mainstay_writer";
    private static final String READER = "mainstay_reader";
    private static final String AUDITOR = "mainstay_auditor";
    private static final List<String> ROLES = List.of(WRITER, READER, AUDITOR);

    /** What every reader sees: how far the projection has come. */
    private static final Set<String> OF_ALL_TENANTS = Set.of("projection_positions");

    /** A statement that waits longer for a table stands in the way of those behind it. */
    private static final int LOCK_MILLIS = 2000;

    private static final String TABLES = """
            SELECT c.oid::regclass::text, c.relname,
                   EXISTS (SELECT FROM pg_attribute a
                            WHERE a.attrelid = c.oid AND a.attname = 'tenant' AND NOT a.attisdropped)
              FROM pg_class c
             WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
               AND NOT c.relispartition AND c.relname NOT LIKE 'databasechangelog%' AND c.relname NOT LIKE 'detached\\_%'
             ORDER BY c.relname
            """;
    private static final String COLUMNS = """
            SELECT quote_ident(a.attname), coalesce(col_description(a.attrelid, a.attnum), '') NOT LIKE 'personal%',
                   has_column_privilege('mainstay_auditor', a.attrelid, a.attnum, 'SELECT')
              FROM pg_attribute a
             WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum
            """;

    private final Connection connection;

    /** The connection is that of the tables' owner. */
    TableAccess(Connection connection) {
        this.connection = connection;
    }

    /** Grants what is missing and takes back what is too much, a table in a transaction. */
    void grant() throws SQLException {
        connection.setAutoCommit(false);
        List<String> roles = roles();
        if (roles.isEmpty()) {
            connection.rollback();
            return;
        }
        execute("GRANT USAGE ON SCHEMA " + text("SELECT quote_ident(current_schema())") + " TO "
                + String.join(", ", roles));
        connection.commit();
        for (Table table : tables()) {
            execute("SET LOCAL lock_timeout = " + LOCK_MILLIS);
            for (String role : roles) {
                grant(table, role);
            }
            connection.commit();
        }
    }

    /** Drops the policies, which would keep columns from being dropped. */
    void forgetPolicies() throws SQLException {
        connection.setAutoCommit(false);
        execute("SET LOCAL lock_timeout = " + LOCK_MILLIS);
        for (Table table : tables()) {
            for (String role : ROLES) {
                execute("DROP POLICY IF EXISTS " + policy(role) + " ON " + table.name());
            }
        }
        connection.commit();
    }

    private void grant(Table table, String role) throws SQLException {
        boolean ofAllTenants = OF_ALL_TENANTS.contains(table.plainName());
        switch (role) {
            case WRITER -> {
                grant(table, role, List.of("SELECT", "INSERT"));
                if (ownerUpdates(table)) {
                    grant(table, role, List.of("UPDATE"));
                } else {
                    execute("REVOKE UPDATE ON " + table.name() + " FROM " + role);
                }
                protect(table, role, "true");
            }
            case READER -> {
                if (table.hasTenant() || ofAllTenants) {
                    grant(table, role, List.of("SELECT"));
                    protect(table, role, ofAllTenants ? "true" : TenantSetting.CONDITION);
                } else {
                    secure(table);
                }
            }
            case AUDITOR -> {
                grantColumns(table);
                protect(table, role, "true");
            }
            default -> throw new IllegalArgumentException("no such role: " + role);
        }
    }

    /** A table whose owner has given its own right to change rows away is for adding rows only. */
    private boolean ownerUpdates(Table table) throws SQLException {
        return isTrue("""
                SELECT EXISTS (
                    SELECT FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) granted
                     WHERE c.oid = '%s'::regclass AND granted.grantee = c.relowner AND granted.privilege_type = 'UPDATE')
                """.formatted(quoted(table.name())));
    }

    private void grant(Table table, String role, List<String> privileges) throws SQLException {
        for (String privilege : privileges) {
            if (!isTrue("SELECT has_table_privilege('%s', '%s'::regclass, '%s')"
                    .formatted(role, quoted(table.name()), privilege))) {
                execute("GRANT " + privilege + " ON " + table.name() + " TO " + role);
            }
        }
    }

    /** Column by column: a column that is added later is not seen before somebody has looked at what it is. */
    private void grantColumns(Table table) throws SQLException {
        List<String> seen = new ArrayList<>();
        boolean asWanted = true;
        try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
            query.setString(1, table.name());
            try (ResultSet columns = query.executeQuery()) {
                while (columns.next()) {
                    boolean wanted = columns.getBoolean(2);
                    asWanted &= wanted == columns.getBoolean(3);
                    if (wanted) {
                        seen.add(columns.getString(1));
                    }
                }
            }
        }
        if (!asWanted) {
            execute("REVOKE ALL ON " + table.name() + " FROM " + AUDITOR);
            execute("GRANT SELECT (" + String.join(", ", seen) + ") ON " + table.name() + " TO " + AUDITOR);
        }
    }

    private void protect(Table table, String role, String condition) throws SQLException {
        secure(table);
        if (!isTrue("SELECT EXISTS (SELECT FROM pg_policy WHERE polrelid = '%s'::regclass AND polname = '%s')"
                .formatted(quoted(table.name()), policy(role)))) {
            execute("CREATE POLICY %s ON %s TO %s USING (%s)".formatted(policy(role), table.name(), role, condition));
        }
    }

    private void secure(Table table) throws SQLException {
        if (!isTrue("SELECT relrowsecurity FROM pg_class WHERE oid = '%s'::regclass".formatted(quoted(table.name())))) {
            execute("ALTER TABLE " + table.name() + " ENABLE ROW LEVEL SECURITY");
        }
    }

    private List<String> roles() throws SQLException {
        List<String> there = texts("SELECT rolname FROM pg_roles WHERE rolname IN ("
                + ROLES.stream().map(role -> "'" + role + "'").collect(Collectors.joining(", ")) + ")");
        return ROLES.stream().filter(there::contains).toList();
    }

    private List<Table> tables() throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(new Table(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
            }
        }
        return tables;
    }

    private static String policy(String role) {
        return role + "_rows";
    }

    private static String quoted(String name) {
        return name.replace("'", "''");
    }

    private boolean isTrue(String sql) throws SQLException {
        return text(sql).equals("t");
    }

    private String text(String sql) throws SQLException {
        return texts(sql).get(0);
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As it stands in SQL, and without schema and quotes. */
    private record Table(String name, String plainName, boolean hasTenant) {}
}
