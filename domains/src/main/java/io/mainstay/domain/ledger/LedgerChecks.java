package io.mainstay.domain.ledger;

import io.mainstay.core.projection.Check;
import io.mainstay.core.projection.Check.StateRows;
import io.mainstay.core.projection.Check.Sums;
import io.mainstay.core.projection.Row;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.LedgerState.PartyView;
import java.util.List;

/** What the ledger's state knows of its tables: all of the accounts, and of parties all but what can be erased. */
final class LedgerChecks {
    static Check<LedgerState> parties() {
        return new Check<>(
                LedgerState.class,
                LedgerTables.PARTIES,
                List.of(LedgerTables.PARTY_TENANT, LedgerTables.PARTY_LEDGER, LedgerTables.PARTY_VERSION),
                Sums.NONE,
                new PartyRows());
    }

    static Check<LedgerState> accounts() {
        return new Check<>(
                LedgerState.class,
                LedgerTables.ACCOUNTS,
                List.of(
                        LedgerTables.ACCOUNT_TENANT,
                        LedgerTables.ACCOUNT_LEDGER,
                        LedgerTables.ACCOUNT_ASSET,
                        LedgerTables.ACCOUNT_MIN_BALANCE,
                        LedgerTables.ACCOUNT_MAX_BALANCE,
                        LedgerTables.ACCOUNT_BALANCE,
                        LedgerTables.ACCOUNT_RESERVED,
                        LedgerTables.ACCOUNT_EXPECTED,
                        LedgerTables.ACCOUNT_STATUS,
                        LedgerTables.ACCOUNT_REFERENCE,
                        LedgerTables.ACCOUNT_OWNER,
                        LedgerTables.ACCOUNT_VERSION),
                new Sums(
                        List.of(LedgerTables.ACCOUNT_TENANT, LedgerTables.ACCOUNT_ASSET),
                        List.of(
                                LedgerTables.ACCOUNT_BALANCE,
                                LedgerTables.ACCOUNT_RESERVED,
                                LedgerTables.ACCOUNT_EXPECTED)),
                new AccountStateRows());
    }

    private LedgerChecks() {}

    private static final class PartyRows implements StateRows<LedgerState> {
        @Override
        public int count(LedgerState state) {
            return state.parties().size();
        }

        @Override
        public int find(LedgerState state, Row key) {
            return state.parties().find(key.get(LedgerTables.PARTY_ID));
        }

        @Override
        public Row get(LedgerState state, int number) {
            PartyView party = state.parties().get(number);
            return Row.of(LedgerTables.PARTIES)
                    .set(LedgerTables.PARTY_ID, party.id())
                    .set(LedgerTables.PARTY_TENANT, party.tenant())
                    .set(LedgerTables.PARTY_LEDGER, party.ledger())
                    .set(LedgerTables.PARTY_VERSION, party.version());
        }
    }

    private static final class AccountStateRows implements StateRows<LedgerState> {
        @Override
        public int count(LedgerState state) {
            return state.accounts().size();
        }

        @Override
        public int find(LedgerState state, Row key) {
            return state.accounts().find(key.get(LedgerTables.ACCOUNT_ID));
        }

        @Override
        public Row get(LedgerState state, int number) {
            AccountView account = state.view(number);
            return Row.of(LedgerTables.ACCOUNTS)
                    .set(LedgerTables.ACCOUNT_ID, account.id())
                    .set(LedgerTables.ACCOUNT_TENANT, account.tenant())
                    .set(LedgerTables.ACCOUNT_LEDGER, account.ledger())
                    .set(LedgerTables.ACCOUNT_ASSET, account.asset())
                    .set(LedgerTables.ACCOUNT_MIN_BALANCE, AccountOperations.minOrNull(account.minBalanceMinor()))
                    .set(LedgerTables.ACCOUNT_MAX_BALANCE, AccountOperations.maxOrNull(account.maxBalanceMinor()))
                    .set(LedgerTables.ACCOUNT_BALANCE, account.balanceMinor())
                    .set(LedgerTables.ACCOUNT_RESERVED, account.reservedMinor())
                    .set(LedgerTables.ACCOUNT_EXPECTED, account.expectedMinor())
                    .set(LedgerTables.ACCOUNT_STATUS, account.status().text())
                    .set(LedgerTables.ACCOUNT_REFERENCE, AccountRows.orNull(account.reference()))
                    .set(LedgerTables.ACCOUNT_OWNER, account.owner().orElse(null))
                    .set(LedgerTables.ACCOUNT_VERSION, account.version());
        }
    }
}
