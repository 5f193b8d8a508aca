package io.mainstay.verification.simulation;

import io.mainstay.domain.ledger.AccountClosed;
import io.mainstay.domain.ledger.AccountEvent;
import io.mainstay.domain.ledger.AccountFrozen;
import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.AccountRenamed;
import io.mainstay.domain.ledger.AccountUnfrozen;
import io.mainstay.domain.ledger.AssetDefined;
import io.mainstay.domain.ledger.EntriesEvent;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LimitsSet;
import io.mainstay.domain.ledger.PartyChanged;
import io.mainstay.domain.ledger.PartyRegistered;
import io.mainstay.domain.ledger.TransferPosted;
import java.util.List;
import java.util.UUID;

/**
 * What an event of the ledger does to an account: one of its versions.
 *
 * @param balanceMinor by how much its balance changes
 */
record AccountFacts(UUID account, long balanceMinor) {
    static List<AccountFacts> of(LedgerEvent event) {
        return switch (event) {
            case AccountEvent fact -> of(fact);
            case EntriesEvent fact ->
                fact.entries().stream()
                        .map(entry -> new AccountFacts(entry.account(), entry.balanceChangeMinor()))
                        .toList();
            case TransferPosted posted ->
                List.of(
                        new AccountFacts(posted.from(), -posted.amountMinor()),
                        new AccountFacts(posted.to(), posted.amountMinor()));
        };
    }

    private static List<AccountFacts> of(AccountEvent event) {
        return switch (event) {
            case AssetDefined defined -> List.of();
            case PartyRegistered registered -> List.of();
            case PartyChanged changed -> List.of();
            case AccountOpened opened -> List.of(new AccountFacts(opened.id(), 0));
            case AccountRenamed renamed -> List.of(new AccountFacts(renamed.id(), 0));
            case LimitsSet set -> List.of(new AccountFacts(set.id(), 0));
            case AccountFrozen frozen -> List.of(new AccountFacts(frozen.id(), 0));
            case AccountUnfrozen unfrozen -> List.of(new AccountFacts(unfrozen.id(), 0));
            case AccountClosed closed -> List.of(new AccountFacts(closed.id(), 0));
        };
    }
}
