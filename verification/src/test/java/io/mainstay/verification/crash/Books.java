package io.mainstay.verification.crash;

import io.mainstay.client.Account;
import io.mainstay.client.MainstayClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the server shows: accounts in memory, and everything in the database.
 *
 * @param memory accounts as the engine has them
 * @param accounts accounts as the database has them
 */
record Books(Map<UUID, Balance> memory, Map<UUID, Balance> accounts, List<Posting> transfers, List<Line> entries) {
    private static final String TRANSFERS =
            "select id, status, from_account_id, to_account_id, amount_minor, shard, log_offset from transfers";
    private static final String ENTRIES =
            "select account_id, transfer_id, amount_minor, balance_minor, account_version from entries";

    Books {
        memory = Map.copyOf(memory);
        accounts = Map.copyOf(accounts);
        transfers = List.copyOf(transfers);
        entries = List.copyOf(entries);
    }

    /** An account's state. */
    record Balance(long balanceMinor, long version) {}

    /** A row of the transfers. */
    record Posting(UUID id, String status, UUID from, UUID to, long amountMinor, int shard, long offset) {}

    /** A row of the entries. */
    record Line(UUID account, UUID transfer, long amountMinor, long balanceMinor, long version) {}

    static Books read(Collection<UUID> accounts, MainstayClient client, Connection database) throws SQLException {
        return new Books(memory(accounts, client), accounts(database), transfers(database), entries(database));
    }

    static Map<UUID, Balance> memory(Collection<UUID> accounts, MainstayClient client) {
        Map<UUID, Balance> balances = new HashMap<>();
        for (UUID id : accounts) {
            Account account = client.account(id);
            balances.put(id, new Balance(account.balanceMinor(), account.version()));
        }
        return balances;
    }

    static Map<UUID, Balance> accounts(Connection database) throws SQLException {
        Map<UUID, Balance> balances = new HashMap<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("select id, balance_minor, version from accounts")) {
            while (rows.next()) {
                balances.put(rows.getObject(1, UUID.class), new Balance(rows.getLong(2), rows.getLong(3)));
            }
        }
        return balances;
    }

    private static List<Posting> transfers(Connection database) throws SQLException {
        List<Posting> postings = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(TRANSFERS)) {
            while (rows.next()) {
                postings.add(new Posting(
                        rows.getObject(1, UUID.class),
                        rows.getString(2),
                        rows.getObject(3, UUID.class),
                        rows.getObject(4, UUID.class),
                        rows.getLong(5),
                        rows.getInt(6),
                        rows.getLong(7)));
            }
        }
        return postings;
    }

    private static List<Line> entries(Connection database) throws SQLException {
        List<Line> lines = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(ENTRIES)) {
            while (rows.next()) {
                lines.add(new Line(
                        rows.getObject(1, UUID.class),
                        rows.getObject(2, UUID.class),
                        rows.getLong(3),
                        rows.getLong(4),
                        rows.getLong(5)));
            }
        }
        return lines;
    }
}
