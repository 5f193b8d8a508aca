package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.domain.ledger.CancelTransfer;
import io.mainstay.domain.ledger.ConfirmTransfer;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.Leg;
import io.mainstay.domain.ledger.PostEntries;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.ReserveTransfer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Nobody is told that there is no such account or transfer which some shard held when he asked, and holds still. */
final class WhatIsThereIsFound implements Invariant {
    /** Calls all of whose aggregates were there. */
    private final IdentityHashMap<Call, Boolean> thereAtFirst = new IdentityHashMap<>();

    @Override
    public void submitted(Call call) {
        if (isThere(call)) {
            thereAtFirst.put(call, true);
        }
    }

    @Override
    public void answered(Call call, Outcome outcome) {
        boolean wasThere = thereAtFirst.remove(call) != null;
        if (outcome instanceof Outcome.Rejected rejected
                && !rejected.repeated()
                && List.of("account-unknown", "transfer-unknown")
                        .contains(rejected.rejection().code())
                && wasThere
                && isThere(call)) {
            throw broken("%s was answered %s, but it is there", call.request().command(), rejected);
        }
    }

    private static boolean isThere(Call call) {
        Command command = call.request().command();
        return switch (command) {
            case PostTransfer post -> areAccounts(call, post.tenant(), List.of(post.from(), post.to()));
            case ReserveTransfer reserve -> areAccounts(call, reserve.tenant(), List.of(reserve.from(), reserve.to()));
            case PostEntries post ->
                areAccounts(
                        call,
                        post.tenant(),
                        post.legs().stream().map(Leg::account).toList());
            case ConfirmTransfer confirm -> isTransfer(call, confirm.tenant(), confirm.id());
            case CancelTransfer cancel -> isTransfer(call, cancel.tenant(), cancel.id());
            default -> false;
        };
    }

    private static boolean areAccounts(Call call, String tenant, List<UUID> ids) {
        return ids.stream()
                .allMatch(id -> call.node().shards().stream().anyMatch(shard -> {
                    AccountView account = books(shard).ledger().accounts().get(id);
                    return account != null && account.tenant().equals(tenant);
                }));
    }

    /** An id that two shards know, for two transfers of it, finds either. */
    private static boolean isTransfer(Call call, String tenant, UUID id) {
        List<Deal> homes = call.node().shards().stream()
                .flatMap(shard -> Optional.ofNullable(books(shard).transfers().find(id)).stream())
                .filter(Deal::isHome)
                .toList();
        return homes.size() == 1 && homes.get(0).tenant().equals(tenant);
    }

    private static Books books(SimulatedShard shard) {
        return shard.storage().reference().books();
    }
}
