package io.mainstay.verification.simulation;

import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.verification.simulation.Reference.Result;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A request, which is a key and what is asked for, is accepted by one shard alone, for ever; within a shard, the log's
 * outcomes are held to this for as long as the key is remembered. Ids of transfers are unique within a shard only: a request
 * about one that several shards have may reach any of them.
 */
final class KeysAreExecutedOnce implements Invariant {
    private final Map<Asked, Home> accepted = new HashMap<>();

    /** What did not survive was never executed. */
    @Override
    public void recovered(SimulatedShard shard) {
        accepted.values().removeIf(home -> home.shard() == shard.number() && home.offset() >= shard.executedBefore());
    }

    @Override
    public void answered(Call call, Outcome outcome) {
        if (outcome instanceof Outcome.Accepted fresh && !fresh.repeated()) {
            accept(
                    new Asked(call.request().key(), call.request().logged().requestHash()),
                    new Home(fresh.shard(), fresh.offset()));
        }
    }

    @Override
    public void ended(SimulatedNode node) {
        for (SimulatedShard shard : node.shards()) {
            Reference reference = shard.storage().reference();
            for (long offset = 0; offset < reference.executedBefore(); offset++) {
                LogEntry entry = shard.storage().log().history().entry(offset).logged();
                if (reference.told(offset) instanceof Result.Accepted && entry instanceof LoggedCommand command) {
                    accept(new Asked(command.key(), command.requestHash()), new Home(shard.number(), offset));
                }
            }
        }
    }

    private void accept(Asked asked, Home home) {
        Home other = accepted.putIfAbsent(asked, home);
        if (other != null && other.shard() != home.shard()) {
            throw broken(
                    "shards %d and %d both accepted the request of key %s", other.shard(), home.shard(), asked.key());
        }
    }

    private record Home(int shard, long offset) {}

    private record Asked(UUID key, long requestHash) {}
}
