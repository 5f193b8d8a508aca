package io.mainstay.domain.ledger;

import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.RowChanges;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What events about assets, parties and accounts become in tables. */
final class AccountRows {
    private AccountRows() {}

    static void project(AccountEvent event, RowChanges rows) {
        switch (event) {
            case AssetDefined(var tenant, var code, var scale) ->
                rows.insertIfAbsent(Row.of(LedgerTables.ASSETS)
                        .set(LedgerTables.ASSET_TENANT, tenant)
                        .set(LedgerTables.ASSET_CODE, code)
                        .set(LedgerTables.ASSET_SCALE, scale));
            case PartyRegistered party ->
                rows.insert(Row.of(LedgerTables.PARTIES)
                        .set(LedgerTables.PARTY_ID, party.id())
                        .set(LedgerTables.PARTY_TENANT, party.tenant())
                        .set(LedgerTables.PARTY_LEDGER, party.ledger())
                        .set(LedgerTables.PARTY_NAME, party.name())
                        .set(LedgerTables.PARTY_EMAIL, orNull(party.email()))
                        .set(LedgerTables.PARTY_VERSION, 1L));
            case PartyChanged party ->
                rows.update(Row.of(LedgerTables.PARTIES)
                        .set(LedgerTables.PARTY_ID, party.id())
                        .set(LedgerTables.PARTY_NAME, party.name())
                        .set(LedgerTables.PARTY_EMAIL, orNull(party.email()))
                        .set(LedgerTables.PARTY_VERSION, party.version()));
            case AccountOpened opened -> rows.insert(opened(opened));
            case AccountRenamed renamed ->
                rows.update(account(renamed.id(), renamed.version())
                        .set(LedgerTables.ACCOUNT_REFERENCE, orNull(renamed.reference())));
            case LimitsSet set ->
                rows.update(account(set.id(), set.version())
                        .set(LedgerTables.ACCOUNT_MIN_BALANCE, AccountOperations.minOrNull(set.minBalanceMinor()))
                        .set(LedgerTables.ACCOUNT_MAX_BALANCE, AccountOperations.maxOrNull(set.maxBalanceMinor())));
            case AccountFrozen frozen ->
                rows.update(account(frozen.id(), frozen.version())
                        .set(LedgerTables.ACCOUNT_STATUS, AccountStatus.FROZEN.text())
                        .set(LedgerTables.ACCOUNT_FROZEN_REASON, orNull(frozen.reason())));
            case AccountUnfrozen unfrozen ->
                rows.update(account(unfrozen.id(), unfrozen.version())
                        .set(LedgerTables.ACCOUNT_STATUS, AccountStatus.OPEN.text())
                        .set(LedgerTables.ACCOUNT_FROZEN_REASON, null));
            case AccountClosed closed ->
                rows.update(account(closed.id(), closed.version())
                        .set(LedgerTables.ACCOUNT_STATUS, AccountStatus.CLOSED.text()));
        }
    }

    /** An account's row at its next version. */
    static Row account(UUID id, long version) {
        return Row.of(LedgerTables.ACCOUNTS)
                .set(LedgerTables.ACCOUNT_ID, id)
                .set(LedgerTables.ACCOUNT_VERSION, version);
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Row opened(AccountOpened opened) {
        return account(opened.id(), 1)
                .set(LedgerTables.ACCOUNT_TENANT, opened.tenant())
                .set(LedgerTables.ACCOUNT_LEDGER, opened.ledger())
                .set(LedgerTables.ACCOUNT_ASSET, opened.asset())
                .set(LedgerTables.ACCOUNT_MIN_BALANCE, AccountOperations.minOrNull(opened.minBalanceMinor()))
                .set(LedgerTables.ACCOUNT_MAX_BALANCE, AccountOperations.maxOrNull(opened.maxBalanceMinor()))
                .set(LedgerTables.ACCOUNT_BALANCE, 0L)
                .set(LedgerTables.ACCOUNT_RESERVED, 0L)
                .set(LedgerTables.ACCOUNT_EXPECTED, 0L)
                .set(LedgerTables.ACCOUNT_STATUS, AccountStatus.OPEN.text())
                .set(LedgerTables.ACCOUNT_REFERENCE, orNull(opened.reference()))
                .set(LedgerTables.ACCOUNT_OWNER, opened.owner().orElse(null));
    }
}
