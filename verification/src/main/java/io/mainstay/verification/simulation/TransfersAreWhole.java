package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.CommandGroup.Attempt;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.CommandGroup.Step;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedEvent;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.wire.WireReader;
import io.mainstay.domain.ledger.ConfirmTransfer;
import io.mainstay.domain.ledger.EntriesEvent;
import io.mainstay.domain.ledger.Entry;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.Leg;
import io.mainstay.domain.ledger.PostEntries;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.ReserveTransfer;
import io.mainstay.domain.ledger.ReverseTransfer;
import io.mainstay.domain.ledger.TransferPosted;
import io.mainstay.verification.simulation.Reference.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * When all is quiet, each transfer has moved in the accounts of all shards together what the commands ordered that were
 * accepted, once; and nothing for those that were refused.
 */
final class TransfersAreWhole implements Invariant {
    private static final LedgerDomain LEDGER = new LedgerDomain();

    @Override
    public void ended(SimulatedNode node) {
        if (!node.shards().stream().allMatch(shard -> shard.phase() == SimulatedShard.Phase.SERVING)) {
            return;
        }
        Map<UUID, Map<UUID, Long>> moved = new TreeMap<>();
        Map<UUID, Map<UUID, Long>> ordered = new TreeMap<>();
        for (SimulatedShard shard : node.shards()) {
            History history = shard.storage().log().history();
            Orders orders = new Orders(ordered);
            for (int offset = 0; offset < history.outcomes().size(); offset++) {
                if (history.outcomes().get(offset) instanceof LoggedOutcome.Accepted accepted) {
                    accepted.events().forEach(event -> move(event, moved));
                    Result told = shard.storage().reference().told(offset);
                    if (history.entry(offset).logged() instanceof LoggedCommand logged
                            && told instanceof Result.Accepted fact) {
                        orders.add(Plain.DOMAINS.decode(logged.domainId(), logged.bytes()), fact.skips());
                    }
                }
            }
        }
        forgetZeros(moved);
        forgetZeros(ordered);
        if (!moved.equals(ordered)) {
            ordered.forEach((id, amounts) -> require(id, moved.getOrDefault(id, Map.of()), amounts));
            moved.forEach((id, amounts) -> require(id, amounts, ordered.getOrDefault(id, Map.of())));
        }
    }

    private void require(UUID id, Map<UUID, Long> moved, Map<UUID, Long> ordered) {
        if (!moved.equals(ordered)) {
            throw broken("transfer %s has moved %s, ordered was %s", id, moved, ordered);
        }
    }

    private static void move(LoggedEvent event, Map<UUID, Map<UUID, Long>> moved) {
        if (event.domainId() != LEDGER.id()) {
            return;
        }
        switch (LEDGER.events().decode(new WireReader(event.bytes()))) {
            case TransferPosted posted -> {
                add(moved, posted.id(), posted.from(), -posted.amountMinor());
                add(moved, posted.id(), posted.to(), posted.amountMinor());
            }
            case EntriesEvent entries -> {
                for (Entry entry : entries.entries()) {
                    add(moved, entries.id(), entry.account(), entry.balanceChangeMinor());
                }
            }
            default -> {}
        }
    }

    private static void add(Map<UUID, Map<UUID, Long>> amounts, UUID id, UUID account, long amountMinor) {
        amounts.computeIfAbsent(id, first -> new TreeMap<>()).merge(account, amountMinor, Long::sum);
    }

    private static void forgetZeros(Map<UUID, Map<UUID, Long>> amounts) {
        amounts.values().forEach(byAccount -> byAccount.values().removeIf(amount -> amount == 0));
        amounts.values().removeIf(Map::isEmpty);
    }

    /** What the accepted commands of one shard order, in the order of its log. */
    private static final class Orders {
        private final Map<UUID, Map<UUID, Long>> ordered;
        private final Map<UUID, ReserveTransfer> reserved = new HashMap<>();
        private final Map<UUID, Map<UUID, Long>> done = new HashMap<>();

        Orders(Map<UUID, Map<UUID, Long>> ordered) {
            this.ordered = ordered;
        }

        void add(Command command, List<Books.Skip> skips) {
            if (command instanceof CommandGroup group) {
                add(group.steps(), "/steps", skips);
            } else {
                add(command);
            }
        }

        private void add(List<Step> steps, String pointer, List<Books.Skip> skips) {
            for (int index = 0; index < steps.size(); index++) {
                String here = pointer + "/" + index;
                boolean skipped = skips.stream().anyMatch(skip -> skip.pointer().equals(here));
                switch (steps.get(index)) {
                    case Do(var command) -> add(command);
                    case Attempt(var inner) -> {
                        if (!skipped) {
                            add(inner, here + "/steps", skips);
                        }
                    }
                }
            }
        }

        private void add(Command command) {
            switch (command) {
                case PostTransfer post -> pay(post.id(), post.from(), post.to(), post.amountMinor());
                case PostEntries post -> {
                    for (Leg leg : post.legs()) {
                        move(post.id(), leg.account(), leg.amountMinor());
                    }
                }
                case ReserveTransfer reserve -> reserved.put(reserve.id(), reserve);
                case ConfirmTransfer confirm -> {
                    ReserveTransfer reserve = reserved.get(confirm.id());
                    if (reserve != null) {
                        boolean all = confirm.amountMinor() == ConfirmTransfer.ALL;
                        long amountMinor = all ? reserve.amountMinor() : confirm.amountMinor();
                        pay(reserve.id(), reserve.from(), reserve.to(), amountMinor);
                    }
                }
                case ReverseTransfer reverse ->
                    Map.copyOf(done.getOrDefault(reverse.original(), Map.of()))
                            .forEach((account, amountMinor) -> move(reverse.id(), account, -amountMinor));
                default -> {}
            }
        }

        private void pay(UUID id, UUID from, UUID to, long amountMinor) {
            move(id, from, -amountMinor);
            move(id, to, amountMinor);
        }

        private void move(UUID id, UUID account, long amountMinor) {
            TransfersAreWhole.add(ordered, id, account, amountMinor);
            TransfersAreWhole.add(done, id, account, amountMinor);
        }
    }
}
