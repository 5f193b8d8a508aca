package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.domain.ledger.OpenAccount;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clients: they give {@link Orders}, alone or in groups, ask again when they got no answer, when they got one and when
 * something is under way, use keys twice for different things, and read.
 */
final class Workload {
    private static final int RECENT = 12;

    private final Dice dice;
    private final Orders orders;
    private final List<Request> requests = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<Call> open = new ArrayList<>();

    Workload(SimulationConfig config, Dice dice) {
        this.dice = dice;
        this.orders = new Orders(config, dice);
    }

    /** One client does one thing. */
    void act(SimulatedNode node) {
        learn();
        int roll = dice.below(100);
        if (orders.accountCount() < 2 || roll < 8) {
            submit(node, fresh(orders.openAccount()));
        } else if (roll < 11) {
            submit(node, fresh(orders.pay()));
        } else if (roll < 17) {
            submit(node, fresh(dice.chance(0.15) ? orders.turn() : orders.share()));
        } else if (roll < 19) {
            submit(node, remembered(Request.of(dice.uuid(), orders.postTransfer(), dice.below(6))));
        } else if (roll < 26) {
            submit(node, fresh(orders.group()));
        } else if (roll < 58) {
            submit(node, fresh(orders.next()));
        } else if (roll < 70) {
            submit(node, dice.chance(0.7) ? recent() : dice.oneOf(requests));
        } else if (roll < 75) {
            submit(node, remembered(Request.of(recent().key(), orders.next())));
        } else if (roll < 78) {
            submit(node, fresh(orders.repeatedId()));
        } else if (roll < 85 && openingOfUnknownFate().isPresent()) {
            submit(node, fresh(orders.elsewhere(openingOfUnknownFate().orElseThrow())));
        } else if (roll < 86) {
            dice.oneOf(node.shards()).askHash();
        } else {
            node.read(orders.someAccount());
        }
    }

    Call submit(SimulatedNode node, Request request) {
        Call call = new Call(request, node);
        calls.add(call);
        open.add(call);
        node.submit(call);
        return call;
    }

    List<Request> requests() {
        return requests;
    }

    /** A call to this node that was never answered, or null. What has begun may wait for a shard that never serves again. */
    @Nullable
    Call unanswered(SimulatedNode node) {
        boolean allServe = node.shards().stream().allMatch(shard -> shard.phase() == SimulatedShard.Phase.SERVING);
        return calls.stream()
                .filter(call -> call.node() == node && call.outcome() == null)
                .filter(call -> allServe || call.begun() == null)
                .findFirst()
                .orElse(null);
    }

    /** Calls that got an answer out of the log. */
    long decidedCount() {
        return calls.stream()
                .filter(call -> call.outcome() instanceof Outcome.Decided)
                .count();
    }

    /** Takes note of what was answered since. */
    private void learn() {
        for (Iterator<Call> each = open.iterator(); each.hasNext(); ) {
            Call call = each.next();
            Outcome outcome = call.outcome();
            if (outcome != null) {
                each.remove();
                if (outcome instanceof Outcome.Accepted accepted && !accepted.repeated()) {
                    orders.learn(call.request().command(), accepted);
                }
            }
        }
    }

    private Request fresh(Command command) {
        return remembered(Request.of(dice.uuid(), command));
    }

    private Request remembered(Request request) {
        requests.add(request);
        return request;
    }

    private Request recent() {
        return requests.get(Math.max(0, requests.size() - 1 - dice.below(RECENT)));
    }

    /** An account of which its client does not know yet whether it is open. */
    private Optional<OpenAccount> openingOfUnknownFate() {
        return calls.subList(Math.max(0, calls.size() - RECENT), calls.size()).stream()
                .filter(call -> call.outcome() instanceof Outcome.Unknown)
                .map(call -> call.request().command())
                .filter(OpenAccount.class::isInstance)
                .map(OpenAccount.class::cast)
                .findFirst();
    }
}
