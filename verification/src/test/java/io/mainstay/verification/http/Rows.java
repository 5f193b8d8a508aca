package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.verification.harness.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL shows; the projection is waited for. */
final class Rows {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TestServer server;

    Rows(TestServer server) {
        this.server = server;
    }

    /**
     * A transfer's row.
     *
     * @param amountMinor null of a transfer with more than two accounts
     */
    record Transfer(
            String status,
            @Nullable Long amountMinor,
            @Nullable UUID reverses,
            @Nullable UUID reversedBy) {
        static Transfer of(String status, long amountMinor) {
            return new Transfer(status, amountMinor, null, null);
        }
    }

    /** An entry of a transfer. */
    record Entry(UUID account, long amountMinor) {}

    /** What an account's row says besides its limits. */
    record Account(long balanceMinor, long reservedMinor, long expectedMinor) {}

    void transferIs(UUID id, Transfer expected) {
        eventually(() -> assertThat(read(
                        "SELECT status, amount_minor, reverses, reversed_by FROM transfers WHERE id = ?",
                        id,
                        row -> new Transfer(
                                row.getString("status"),
                                row.getObject("amount_minor", Long.class),
                                row.getObject("reverses", UUID.class),
                                row.getObject("reversed_by", UUID.class))))
                .containsExactly(expected));
    }

    /** All entries that a transfer has, on whichever shards. */
    void entriesAre(UUID transfer, Entry... expected) {
        eventually(() -> assertThat(entries(transfer)).containsExactlyInAnyOrder(expected));
    }

    /** The entries of one account add up to nothing: what the transfer did to it was undone. */
    void entriesCancelOut(UUID transfer, UUID account) {
        eventually(() -> assertThat(entries(transfer).stream()
                        .filter(entry -> entry.account().equals(account))
                        .mapToLong(Entry::amountMinor)
                        .sum())
                .isZero());
    }

    void accountIs(UUID id, Account expected) {
        eventually(() -> assertThat(read(
                        "SELECT balance_minor, reserved_minor, expected_minor FROM accounts WHERE id = ?",
                        id,
                        row -> new Account(
                                row.getLong("balance_minor"),
                                row.getLong("reserved_minor"),
                                row.getLong("expected_minor"))))
                .containsExactly(expected));
    }

    /** Neither a row nor an entry; to be asked behind something that was projected later. */
    void hasNoTransfer(UUID id) throws SQLException {
        assertThat(read("SELECT status FROM transfers WHERE id = ?", id, row -> row.getString("status")))
                .isEmpty();
        assertThat(entries(id)).isEmpty();
    }

    private List<Entry> entries(UUID transfer) throws SQLException {
        return read(
                "SELECT account_id, amount_minor FROM entries WHERE transfer_id = ?",
                transfer,
                row -> new Entry(row.getObject("account_id", UUID.class), row.getLong("amount_minor")));
    }

    private <T> List<T> read(String sql, UUID id, RowReader<T> reader) throws SQLException {
        try (Connection database = server.database();
                PreparedStatement query = database.prepareStatement(sql)) {
            query.setObject(1, id);
            try (ResultSet rows = query.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return all;
            }
        }
    }

    private static void eventually(ThrowingCallable holds) {
        await().atMost(PATIENCE).untilAsserted(holds::call);
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
