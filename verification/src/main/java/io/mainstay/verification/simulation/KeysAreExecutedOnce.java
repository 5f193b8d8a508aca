package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.route.Route;
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
        if (outcome instanceof Outcome.Accepted fresh
                && !fresh.repeated()
                && !isAmbiguous(call.request().command(), call.node())) {
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
                if (reference.told(offset) instanceof Result.Accepted
                        && entry instanceof LoggedCommand command
                        && !isAmbiguous(Plain.DOMAINS.decode(command.domainId(), command.bytes()), node)) {
                    accept(new Asked(command.key(), command.requestHash()), new Home(shard.number(), offset));
                }
            }
        }
    }

    /** A client who gives one id to transfers of several shards cannot tell which of them he means. */
    private static boolean isAmbiguous(Command command, SimulatedNode node) {
        return command.route() instanceof Route.Unlisted(var transfer)
                && node.shards().stream()
                                .filter(shard -> isHome(shard, transfer))
                                .count()
                        > 1;
    }

    private static boolean isHome(SimulatedShard shard, UUID transfer) {
        Deal deal = shard.storage().reference().books().transfers().find(transfer);
        return deal != null && deal.isHome();
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
