package io.mainstay.domain.ledger;

import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.LedgerState.PartyView;
import java.util.UUID;

/** What events about assets, parties and accounts make of the state, and how that is undone. */
final class AccountChanges {
    private AccountChanges() {}

    static void apply(LedgerState state, AccountEvent event) {
        switch (event) {
            case AssetDefined(var tenant, var code, var scale) -> state.assets().define(tenant, code, scale);
            case PartyRegistered(var tenant, var id, var ledger, var name, var email) ->
                state.parties().add(new PartyView(tenant, id, ledger, name, email, 1));
            case PartyChanged changed ->
                state.parties()
                        .set(state.party(changed.id())
                                .orElseThrow()
                                .with(changed.name(), changed.email(), changed.version()));
            case AccountOpened opened ->
                state.add(new AccountView(
                        opened.tenant(),
                        opened.id(),
                        opened.ledger(),
                        opened.asset(),
                        opened.minBalanceMinor(),
                        opened.maxBalanceMinor(),
                        0,
                        0,
                        0,
                        1,
                        AccountStatus.OPEN,
                        opened.reference(),
                        opened.owner()));
            case AccountRenamed renamed ->
                state.details().setReference(rowAt(state, renamed.id(), renamed.version()), renamed.reference());
            case LimitsSet set ->
                state.setLimits(rowAt(state, set.id(), set.version()), set.minBalanceMinor(), set.maxBalanceMinor());
            case AccountFrozen frozen ->
                state.accounts().setStatus(rowAt(state, frozen.id(), frozen.version()), AccountStatus.FROZEN);
            case AccountUnfrozen unfrozen ->
                state.accounts().setStatus(rowAt(state, unfrozen.id(), unfrozen.version()), AccountStatus.OPEN);
            case AccountClosed closed ->
                state.accounts().setStatus(rowAt(state, closed.id(), closed.version()), AccountStatus.CLOSED);
        }
    }

    /** Undoes {@link #apply} of the event applied last. */
    static void revert(LedgerState state, AccountEvent event) {
        switch (event) {
            case AssetDefined(var tenant, var code, var scale) -> state.assets().undefine(tenant, code);
            case PartyRegistered registered -> state.parties().removeLast(registered.id());
            case PartyChanged changed ->
                state.parties()
                        .set(state.party(changed.id())
                                .orElseThrow()
                                .with(changed.nameBefore(), changed.emailBefore(), changed.version() - 1));
            case AccountOpened opened -> state.removeLastAccount(opened.id());
            case AccountRenamed renamed ->
                state.details()
                        .setReference(rowAt(state, renamed.id(), renamed.version() - 1), renamed.referenceBefore());
            case LimitsSet set ->
                state.setLimits(
                        rowAt(state, set.id(), set.version() - 1),
                        set.minBalanceMinorBefore(),
                        set.maxBalanceMinorBefore());
            case AccountFrozen frozen ->
                state.accounts().setStatus(rowAt(state, frozen.id(), frozen.version() - 1), AccountStatus.OPEN);
            case AccountUnfrozen unfrozen ->
                state.accounts().setStatus(rowAt(state, unfrozen.id(), unfrozen.version() - 1), AccountStatus.FROZEN);
            case AccountClosed closed ->
                state.accounts().setStatus(rowAt(state, closed.id(), closed.version() - 1), AccountStatus.OPEN);
        }
    }

    /** The row of an account, which has this version from now on. */
    private static int rowAt(LedgerState state, UUID id, long version) {
        int row = state.accounts().find(id);
        state.accounts().setVersion(row, version);
        return row;
    }
}
