package io.mainstay.verification.simulation;

import io.mainstay.domain.ledger.AccountStatus;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.OpenAccount;

/** An account after something has happened to it. */
final class Accounts {
    private Accounts() {}

    static AccountView opened(OpenAccount open) {
        return new AccountView(
                open.tenant(),
                open.id(),
                open.ledger(),
                open.asset(),
                open.minBalanceMinor(),
                open.maxBalanceMinor(),
                0,
                0,
                0,
                1,
                AccountStatus.OPEN,
                open.reference(),
                open.owner());
    }

    static AccountView moved(AccountView before, long balanceMinor, long reservedMinor, long expectedMinor) {
        return new AccountView(
                before.tenant(),
                before.id(),
                before.ledger(),
                before.asset(),
                before.minBalanceMinor(),
                before.maxBalanceMinor(),
                before.balanceMinor() + balanceMinor,
                before.reservedMinor() + reservedMinor,
                before.expectedMinor() + expectedMinor,
                before.version() + 1,
                before.status(),
                before.reference(),
                before.owner());
    }

    static AccountView limited(AccountView before, long minBalanceMinor, long maxBalanceMinor) {
        return changed(before, minBalanceMinor, maxBalanceMinor, before.status(), before.reference());
    }

    static AccountView become(AccountView before, AccountStatus status) {
        return changed(before, before.minBalanceMinor(), before.maxBalanceMinor(), status, before.reference());
    }

    static AccountView renamed(AccountView before, String reference) {
        return changed(before, before.minBalanceMinor(), before.maxBalanceMinor(), before.status(), reference);
    }

    private static AccountView changed(
            AccountView before, long minBalanceMinor, long maxBalanceMinor, AccountStatus status, String reference) {
        return new AccountView(
                before.tenant(),
                before.id(),
                before.ledger(),
                before.asset(),
                minBalanceMinor,
                maxBalanceMinor,
                before.balanceMinor(),
                before.reservedMinor(),
                before.expectedMinor(),
                before.version() + 1,
                status,
                reference,
                before.owner());
    }
}
