package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.wire.WireReader;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A command that expected a version and was accepted found its leading aggregate at exactly that version. */
final class ExpectedVersionsAreKept implements Invariant {
    private static final LedgerDomain LEDGER = new LedgerDomain();

    @Override
    public void answered(Call call, Outcome outcome) {
        long expected = call.request().logged().expectedVersion();
        if (expected == LoggedCommand.ANY_VERSION || !(outcome instanceof Outcome.Accepted accepted)) {
            return;
        }
        UUID leading = call.request().command().leading();
        long found = call.node()
                .shards()
                .get(accepted.shard())
                .reference()
                .account(leading, accepted.offset())
                .map(AccountView::version)
                .orElse(0L);
        if (found != expected) {
            throw broken(
                    "accepted at offset %d of shard %d for version %d of %s, which was at %d",
                    accepted.offset(), accepted.shard(), expected, leading, found);
        }
    }

    /** Counts versions in the log alone. */
    @Override
    public void ended(SimulatedNode node) {
        for (SimulatedShard shard : node.shards()) {
            History history = shard.storage().log().history();
            Map<UUID, Long> versions = new HashMap<>();
            for (int offset = 0; offset < history.outcomes().size(); offset++) {
                if (history.outcomes().get(offset) instanceof LoggedOutcome.Accepted accepted) {
                    check(shard.number(), history.entry(offset).logged(), versions);
                    accepted.events().forEach(event -> count(event, versions));
                }
            }
        }
    }

    private void check(int shard, LogEntry entry, Map<UUID, Long> versions) {
        if (!(entry instanceof LoggedCommand logged) || logged.expectedVersion() == LoggedCommand.ANY_VERSION) {
            return;
        }
        UUID leading = Plain.DOMAINS.decode(logged.domainId(), logged.bytes()).leading();
        if (versions.getOrDefault(leading, 0L) != logged.expectedVersion()) {
            throw broken(
                    "the log of shard %d accepts a command for version %d of %s, which is at %d",
                    shard, logged.expectedVersion(), leading, versions.getOrDefault(leading, 0L));
        }
    }

    private static void count(LoggedEvent event, Map<UUID, Long> versions) {
        if (event.domainId() != LEDGER.id()) {
            return;
        }
        LedgerEvent fact = LEDGER.events().decode(new WireReader(event.bytes()));
        AccountFacts.of(fact).forEach(facts -> versions.merge(facts.account(), 1L, Long::sum));
    }
}
