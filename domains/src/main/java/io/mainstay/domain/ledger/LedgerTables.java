package io.mainstay.domain.ledger;

import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.LogPlace;
import io.mainstay.core.projection.Projection;
import io.mainstay.core.projection.RowChanges;
import io.mainstay.core.projection.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The ledger in a database: assets, parties, accounts, transfers, and entries.
 *
 * <p>Each event that changes an account's balance makes one entry of it, so its entries add up to its balance; what is only
 * reserved or expected makes none. A transfer between shards has its row from its home, the shard that has begun it, and its
 * entries from each shard's own log.
 *
 * <p>A shard knows the ids of its own transfers alone, so two shards may post the same id: the first keeps the transfer's
 * row, both have their entries.
 */
final class LedgerTables {
    private static final Table.Builder ASSET = Table.named("assets");
    static final Column<String> ASSET_TENANT = ASSET.key("tenant", ColumnType.TEXT);
    static final Column<String> ASSET_CODE = ASSET.key("code", ColumnType.TEXT);
    static final Column<Integer> ASSET_SCALE = ASSET.column("scale", ColumnType.INTEGER);
    static final Table ASSETS = ASSET.build();

    private static final Table.Builder PARTY = Table.named("parties");
    static final Column<UUID> PARTY_ID = PARTY.key("id", ColumnType.UUID);
    static final Column<String> PARTY_TENANT = PARTY.column("tenant", ColumnType.TEXT);
    static final Column<String> PARTY_LEDGER = PARTY.column("ledger", ColumnType.TEXT);
    static final Column<String> PARTY_NAME = PARTY.personal("name", ColumnType.TEXT);
    static final Column<String> PARTY_EMAIL = PARTY.personal("email", ColumnType.TEXT);
    static final Column<Long> PARTY_VERSION = PARTY.version("version");
    static final Table PARTIES = PARTY.build();

    private static final Table.Builder ACCOUNT = Table.named("accounts");
    static final Column<UUID> ACCOUNT_ID = ACCOUNT.key("id", ColumnType.UUID);
    static final Column<String> ACCOUNT_TENANT = ACCOUNT.column("tenant", ColumnType.TEXT);
    static final Column<String> ACCOUNT_LEDGER = ACCOUNT.column("ledger", ColumnType.TEXT);
    static final Column<String> ACCOUNT_ASSET = ACCOUNT.column("asset", ColumnType.TEXT);
    static final Column<Long> ACCOUNT_MIN_BALANCE = ACCOUNT.nullable("min_balance_minor", ColumnType.BIGINT);
    static final Column<Long> ACCOUNT_MAX_BALANCE = ACCOUNT.nullable("max_balance_minor", ColumnType.BIGINT);
    static final Column<Long> ACCOUNT_BALANCE = ACCOUNT.column("balance_minor", ColumnType.BIGINT);
    static final Column<Long> ACCOUNT_RESERVED = ACCOUNT.column("reserved_minor", ColumnType.BIGINT);
    static final Column<Long> ACCOUNT_EXPECTED = ACCOUNT.column("expected_minor", ColumnType.BIGINT);
    static final Column<String> ACCOUNT_STATUS = ACCOUNT.column("status", ColumnType.TEXT);
    static final Column<String> ACCOUNT_FROZEN_REASON = ACCOUNT.nullable("frozen_reason", ColumnType.TEXT);
    static final Column<String> ACCOUNT_REFERENCE = ACCOUNT.nullable("reference", ColumnType.TEXT);
    static final Column<UUID> ACCOUNT_OWNER = ACCOUNT.nullable("owner_id", ColumnType.UUID);
    static final Column<Long> ACCOUNT_VERSION = ACCOUNT.version("version");
    static final Table ACCOUNTS = ACCOUNT.build();

    private static final Table.Builder TRANSFER = Table.named("transfers");
    static final Column<UUID> TRANSFER_ID = TRANSFER.key("id", ColumnType.UUID);
    static final Column<String> TRANSFER_TENANT = TRANSFER.column("tenant", ColumnType.TEXT);
    static final Column<String> TRANSFER_STATUS = TRANSFER.column("status", ColumnType.TEXT);
    static final Column<UUID> TRANSFER_FROM = TRANSFER.nullable("from_account_id", ColumnType.UUID);
    static final Column<UUID> TRANSFER_TO = TRANSFER.nullable("to_account_id", ColumnType.UUID);
    static final Column<String> TRANSFER_ASSET = TRANSFER.nullable("asset", ColumnType.TEXT);
    static final Column<Long> TRANSFER_AMOUNT = TRANSFER.nullable("amount_minor", ColumnType.BIGINT);
    static final Column<String> TRANSFER_REFERENCE = TRANSFER.nullable("reference", ColumnType.TEXT);
    static final Column<UUID> TRANSFER_REVERSES = TRANSFER.nullable("reverses", ColumnType.UUID);
    static final Column<UUID> TRANSFER_REVERSED_BY = TRANSFER.nullable("reversed_by", ColumnType.UUID);
    static final Column<Instant> TRANSFER_EXPIRES_AT = TRANSFER.nullable("expires_at", ColumnType.TIMESTAMP);
    static final Column<Long> TRANSFER_OFFSET = TRANSFER.column("log_offset", ColumnType.BIGINT);
    static final Table TRANSFERS = TRANSFER.build();

    private static final Table.Builder ENTRY = Table.named("entries");
    static final Column<UUID> ENTRY_ID = ENTRY.key("id", ColumnType.UUID);
    static final Column<String> ENTRY_TENANT = ENTRY.nullable("tenant", ColumnType.TEXT);
    static final Column<UUID> ENTRY_ACCOUNT = ENTRY.column("account_id", ColumnType.UUID);
    static final Column<UUID> ENTRY_TRANSFER = ENTRY.column("transfer_id", ColumnType.UUID);
    static final Column<UUID> ENTRY_COUNTERPARTY = ENTRY.nullable("counterparty_id", ColumnType.UUID);
    static final Column<String> ENTRY_ASSET = ENTRY.nullable("asset", ColumnType.TEXT);
    static final Column<Long> ENTRY_AMOUNT = ENTRY.column("amount_minor", ColumnType.BIGINT);
    static final Column<Long> ENTRY_BALANCE = ENTRY.column("balance_minor", ColumnType.BIGINT);
    static final Column<Long> ENTRY_VERSION = ENTRY.column("account_version", ColumnType.BIGINT);
    static final Column<String> ENTRY_REFERENCE = ENTRY.nullable("reference", ColumnType.TEXT);
    static final Column<Long> ENTRY_OFFSET = ENTRY.column("log_offset", ColumnType.BIGINT);
    static final Table ENTRIES = ENTRY.build();

    static final Projection<LedgerEvent> PROJECTION = new Projection<>(
            List.of(ASSETS, PARTIES, ACCOUNTS, TRANSFERS, ENTRIES),
            List.of(
                    "db/changelog/001-ledger.sql",
                    "db/changelog/002-ledger.sql",
                    "db/changelog/003-ledger.sql",
                    "db/changelog/004-ledger.sql"),
            LedgerTables::project,
            List.of(LedgerChecks.parties(), LedgerChecks.accounts()));

    private LedgerTables() {}

    private static void project(LedgerEvent event, LogPlace place, RowChanges rows) {
        switch (event) {
            case TransferPosted posted -> TransferRows.project(posted, place, rows);
            case EntriesEvent entries -> TransferRows.project(entries, place, rows);
            case AccountEvent account -> AccountRows.project(account, rows);
        }
    }
}
