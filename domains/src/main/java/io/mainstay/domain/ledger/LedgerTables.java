package io.mainstay.domain.ledger;

import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.LogPlace;
import io.mainstay.core.projection.Projection;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.RowChanges;
import io.mainstay.core.projection.Table;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in a database: accounts, transfers, and entries, which are the two sides of a transfer.
 *
 * <p>A shard knows the ids of its own transfers alone, so two shards may post the same id: the first keeps the transfer's
 * row, both have their entries.
 */
final class LedgerTables {
    private static final int DEBIT = 0;
    private static final int CREDIT = 1;

    private static final Table.Builder ACCOUNT = Table.named("accounts");
    static final Column<UUID> ACCOUNT_ID = ACCOUNT.key("id", ColumnType.UUID);
    static final Column<String> ACCOUNT_LEDGER = ACCOUNT.column("ledger", ColumnType.TEXT);
    static final Column<String> ACCOUNT_ASSET = ACCOUNT.column("asset", ColumnType.TEXT);
    static final Column<Long> ACCOUNT_MIN_BALANCE = ACCOUNT.nullable("min_balance_minor", ColumnType.BIGINT);
    static final Column<Long> ACCOUNT_BALANCE = ACCOUNT.column("balance_minor", ColumnType.BIGINT);
    static final Column<Long> ACCOUNT_VERSION = ACCOUNT.version("version");
    static final Table ACCOUNTS = ACCOUNT.build();

    private static final Table.Builder TRANSFER = Table.named("transfers");
    static final Column<UUID> TRANSFER_ID = TRANSFER.key("id", ColumnType.UUID);
    static final Column<UUID> TRANSFER_FROM = TRANSFER.column("from_account_id", ColumnType.UUID);
    static final Column<UUID> TRANSFER_TO = TRANSFER.column("to_account_id", ColumnType.UUID);
    static final Column<String> TRANSFER_ASSET = TRANSFER.column("asset", ColumnType.TEXT);
    static final Column<Long> TRANSFER_AMOUNT = TRANSFER.column("amount_minor", ColumnType.BIGINT);
    static final Column<String> TRANSFER_REFERENCE = TRANSFER.nullable("reference", ColumnType.TEXT);
    static final Column<Long> TRANSFER_OFFSET = TRANSFER.column("log_offset", ColumnType.BIGINT);
    static final Table TRANSFERS = TRANSFER.build();

    private static final Table.Builder ENTRY = Table.named("entries");
    static final Column<UUID> ENTRY_ID = ENTRY.key("id", ColumnType.UUID);
    static final Column<UUID> ENTRY_ACCOUNT = ENTRY.column("account_id", ColumnType.UUID);
    static final Column<UUID> ENTRY_TRANSFER = ENTRY.column("transfer_id", ColumnType.UUID);
    static final Column<UUID> ENTRY_COUNTERPARTY = ENTRY.column("counterparty_id", ColumnType.UUID);
    static final Column<Long> ENTRY_AMOUNT = ENTRY.column("amount_minor", ColumnType.BIGINT);
    static final Column<Long> ENTRY_BALANCE = ENTRY.column("balance_minor", ColumnType.BIGINT);
    static final Column<Long> ENTRY_VERSION = ENTRY.column("account_version", ColumnType.BIGINT);
    static final Column<String> ENTRY_REFERENCE = ENTRY.nullable("reference", ColumnType.TEXT);
    static final Column<Long> ENTRY_OFFSET = ENTRY.column("log_offset", ColumnType.BIGINT);
    static final Table ENTRIES = ENTRY.build();

    static final Projection<LedgerEvent> PROJECTION = new Projection<>(
            List.of(ACCOUNTS, TRANSFERS, ENTRIES), List.of("db/changelog/001-ledger.sql"), LedgerTables::project);

    private LedgerTables() {}

    private static void project(LedgerEvent event, LogPlace place, RowChanges rows) {
        switch (event) {
            case AccountOpened opened -> rows.insert(account(opened));
            case TransferPosted posted -> {
                rows.update(account(posted.from(), posted.fromBalanceMinor(), posted.fromVersion()));
                rows.update(account(posted.to(), posted.toBalanceMinor(), posted.toVersion()));
                rows.insertIfAbsent(transfer(posted, place));
                rows.insert(entry(posted, place, DEBIT)
                        .set(ENTRY_ACCOUNT, posted.from())
                        .set(ENTRY_COUNTERPARTY, posted.to())
                        .set(ENTRY_AMOUNT, -posted.amountMinor())
                        .set(ENTRY_BALANCE, posted.fromBalanceMinor())
                        .set(ENTRY_VERSION, posted.fromVersion()));
                rows.insert(entry(posted, place, CREDIT)
                        .set(ENTRY_ACCOUNT, posted.to())
                        .set(ENTRY_COUNTERPARTY, posted.from())
                        .set(ENTRY_AMOUNT, posted.amountMinor())
                        .set(ENTRY_BALANCE, posted.toBalanceMinor())
                        .set(ENTRY_VERSION, posted.toVersion()));
            }
            default -> {}
        }
    }

    private static Row account(AccountOpened opened) {
        return Row.of(ACCOUNTS)
                .set(ACCOUNT_ID, opened.id())
                .set(ACCOUNT_LEDGER, opened.ledger())
                .set(ACCOUNT_ASSET, opened.asset())
                .set(ACCOUNT_MIN_BALANCE, LedgerQueries.limitOrNull(opened.minBalanceMinor()))
                .set(ACCOUNT_BALANCE, 0L)
                .set(ACCOUNT_VERSION, 1L);
    }

    private static Row account(UUID id, long balanceMinor, long version) {
        return Row.of(ACCOUNTS)
                .set(ACCOUNT_ID, id)
                .set(ACCOUNT_BALANCE, balanceMinor)
                .set(ACCOUNT_VERSION, version);
    }

    private static Row transfer(TransferPosted posted, LogPlace place) {
        return Row.of(TRANSFERS)
                .set(TRANSFER_ID, posted.id())
                .set(TRANSFER_FROM, posted.from())
                .set(TRANSFER_TO, posted.to())
                .set(TRANSFER_ASSET, posted.asset())
                .set(TRANSFER_AMOUNT, posted.amountMinor())
                .set(TRANSFER_REFERENCE, orNull(posted.reference()))
                .set(TRANSFER_OFFSET, place.offset());
    }

    private static Row entry(TransferPosted posted, LogPlace place, int side) {
        return Row.of(ENTRIES)
                .set(ENTRY_ID, place.id(side))
                .set(ENTRY_TRANSFER, posted.id())
                .set(ENTRY_REFERENCE, orNull(posted.reference()))
                .set(ENTRY_OFFSET, place.offset());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
