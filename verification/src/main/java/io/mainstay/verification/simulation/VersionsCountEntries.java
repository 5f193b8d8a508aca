package io.mainstay.verification.simulation;

import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.wire.WireReader;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An account's version is the number of events in the log that changed it, and its balance what they moved. */
final class VersionsCountEntries implements Invariant {
    private static final LedgerDomain LEDGER = new LedgerDomain();

    @Override
    public void ended(SimulatedNode node) {
        node.shards().stream()
                .filter(shard -> shard.phase() == SimulatedShard.Phase.SERVING)
                .forEach(this::check);
    }

    private void check(SimulatedShard shard) {
        Map<UUID, Long> versions = new HashMap<>();
        Map<UUID, Long> balances = new HashMap<>();
        for (LoggedOutcome outcome : shard.storage().log().history().outcomes()) {
            if (outcome instanceof LoggedOutcome.Accepted accepted) {
                for (LoggedEvent event : accepted.events()) {
                    if (event.domainId() != LEDGER.id()) {
                        continue;
                    }
                    count(LEDGER.events().decode(new WireReader(event.bytes())), versions, balances);
                }
            }
        }
        versions.forEach((id, version) -> {
            long balanceMinor = balances.getOrDefault(id, 0L);
            Optional<AccountView> account = shard.state().account(id);
            boolean fits = account.filter(found -> found.version() == version && found.balanceMinor() == balanceMinor)
                    .isPresent();
            if (!fits) {
                throw broken(
                        "the log has %d events for account %s and moved %d, shard %d has %s",
                        version, id, balanceMinor, shard.number(), account);
            }
        });
    }

    private static void count(LedgerEvent event, Map<UUID, Long> versions, Map<UUID, Long> balances) {
        for (AccountFacts facts : AccountFacts.of(event)) {
            versions.merge(facts.account(), 1L, Long::sum);
            balances.merge(facts.account(), facts.balanceMinor(), Long::sum);
        }
    }
}
