package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.CommandGroup.Attempt;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.CommandGroup.Step;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The clients: they open accounts, post transfers of which some overdraw, cross shards or name nobody, alone or in groups, ask again when
 * they got no answer and when they got one, use keys twice for different things, and read.
 */
final class Workload {
    private static final List<String> ASSETS = List.of("EUR", "USD", "CHF");
    private static final int ACCOUNTS_MAX = 24;
    private static final int GROUP_STEPS_MAX = 4;
    private static final int GROUP_DEPTH_MAX = 2;
    private static final int SHARE_PARTS_MAX = 5;
    private static final int RECENT = 12;
    private static final int RECENT_ACCOUNTS = 3;

    private final SimulationConfig config;
    private final Dice dice;
    private final List<OpenAccount> accounts = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<PostTransfer> transfers = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    Workload(SimulationConfig config, Dice dice) {
        this.config = config;
        this.dice = dice;
    }

    /** One client does one thing. */
    void act(SimulatedNode node) {
        int roll = dice.below(100);
        if (accounts.size() < 2 || roll < 8) {
            submit(node, fresh(openAccount()));
        } else if (roll < 12) {
            submit(node, fresh(pay()));
        } else if (roll < 18) {
            submit(node, fresh(dice.chance(0.15) ? turn() : share()));
        } else if (roll < 24) {
            submit(node, remembered(Request.of(dice.uuid(), postTransfer(), dice.below(6))));
        } else if (roll < 34) {
            submit(node, fresh(group()));
        } else if (roll < 52) {
            submit(node, fresh(postTransfer()));
        } else if (roll < 68) {
            submit(node, dice.chance(0.7) ? recent() : dice.oneOf(requests));
        } else if (roll < 74) {
            submit(node, remembered(Request.of(recent().key(), dice.chance(0.3) ? openAccount() : postTransfer())));
        } else if (roll < 77 && !transfers.isEmpty()) {
            submit(node, fresh(repeatedId(dice.oneOf(transfers))));
        } else if (roll < 85 && openingOfUnknownFate().isPresent()) {
            submit(node, fresh(elsewhere(openingOfUnknownFate().orElseThrow())));
        } else if (roll < 86) {
            dice.oneOf(node.shards()).askHash();
        } else {
            node.read(dice.oneOf(accounts).id());
        }
    }

    Call submit(SimulatedNode node, Request request) {
        Call call = new Call(request, node);
        calls.add(call);
        node.submit(call);
        return call;
    }

    List<Request> requests() {
        return requests;
    }

    /** A call to this node that was never answered, or null. */
    @Nullable
    Call unanswered(SimulatedNode node) {
        return calls.stream()
                .filter(call -> call.node() == node && call.outcome() == null)
                .findFirst()
                .orElse(null);
    }

    /** Calls that got an answer out of the log. */
    long decidedCount() {
        return calls.stream()
                .filter(call -> call.outcome() instanceof Outcome.Decided)
                .count();
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

    private OpenAccount openAccount() {
        boolean again = accounts.size() >= ACCOUNTS_MAX || (!accounts.isEmpty() && dice.chance(0.3));
        UUID id = again ? openedBefore().id() : dice.uuid();
        long minBalanceMinor = switch (dice.below(3)) {
            case 0 -> 0;
            case 1 -> -100;
            default -> OpenAccount.UNLIMITED;
        };
        OpenAccount open = new OpenAccount(
                id, "ledger-" + dice.below(config.ledgers()), ASSETS.get(dice.below(config.assets())), minBalanceMinor);
        if (!again) {
            accounts.add(open);
        }
        return open;
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

    private OpenAccount elsewhere(OpenAccount open) {
        return new OpenAccount(
                open.id(), "ledger-" + dice.below(config.ledgers()), open.asset(), open.minBalanceMinor());
    }

    /** Often one whose opening may still be under way: then two ledgers want it. */
    private OpenAccount openedBefore() {
        return dice.chance(0.5)
                ? accounts.get(Math.max(0, accounts.size() - 1 - dice.below(RECENT_ACCOUNTS)))
                : dice.oneOf(accounts);
    }

    private PostTransfer postTransfer() {
        return postTransfer(dice.oneOf(accounts));
    }

    private PostTransfer postTransfer(OpenAccount from) {
        UUID to = dice.chance(0.03) ? dice.uuid() : partner(from).id();
        UUID payer = dice.chance(0.02) || to.equals(from.id()) ? dice.uuid() : from.id();
        long amountMinor = dice.chance(0.02) ? Long.MAX_VALUE - dice.below(1000) : dice.between(1, 200);
        PostTransfer post = new PostTransfer(dice.uuid(), payer, to, amountMinor, "");
        transfers.add(post);
        return post;
    }

    /** Mostly of the same ledger and asset, so that mostly something moves. */
    private OpenAccount partner(OpenAccount from) {
        List<OpenAccount> fitting = accounts.stream()
                .filter(account -> account.ledger().equals(from.ledger())
                        && account.asset().equals(from.asset())
                        && !account.id().equals(from.id()))
                .toList();
        return fitting.isEmpty() || dice.chance(0.15) ? dice.oneOf(accounts) : dice.oneOf(fitting);
    }

    private CommandGroup group() {
        OpenAccount home = dice.oneOf(accounts);
        List<Step> steps = steps(home, 0);
        return new CommandGroup(steps.stream().anyMatch(Do.class::isInstance) ? steps : List.of(order(home)));
    }

    /** Orders and attempts about one ledger, so that mostly one shard has them all. */
    private List<Step> steps(OpenAccount home, int depth) {
        List<Step> steps = new ArrayList<>();
        for (int left = dice.between(1, GROUP_STEPS_MAX); left > 0; left--) {
            steps.add(depth < GROUP_DEPTH_MAX && dice.chance(0.35) ? new Attempt(steps(home, depth + 1)) : order(home));
        }
        return steps;
    }

    private Do order(OpenAccount home) {
        int roll = dice.below(10);
        if (roll < 2) {
            return new Do(pay(home.ledger()));
        }
        if (roll < 3 && accounts.size() < ACCOUNTS_MAX) {
            OpenAccount open = new OpenAccount(dice.uuid(), home.ledger(), home.asset(), -100);
            accounts.add(open);
            return new Do(open);
        }
        if (roll < 4 && !transfers.isEmpty()) {
            return new Do(repeatedId(dice.oneOf(transfers)));
        }
        return new Do(postTransfer(home));
    }

    private PurseCommand pay() {
        return pay("ledger-" + dice.below(config.ledgers()));
    }

    private PurseCommand pay(String ledger) {
        return new PurseCommand.Pay(dice.uuid(), ledger, dice.below(config.shards()), dice.between(1, 200));
    }

    private PurseCommand turn() {
        return new PurseCommand.Turn(dice.uuid(), "ledger-" + dice.below(config.ledgers()));
    }

    /** A saga of any shape: with or without a pivot, here or there, with several steps on one shard. */
    private PurseCommand share() {
        List<PurseCommand.Part> parts = new ArrayList<>();
        for (int left = dice.between(1, SHARE_PARTS_MAX); left > 0; left--) {
            parts.add(new PurseCommand.Part(dice.below(config.shards()), dice.between(1, 200)));
        }
        return new PurseCommand.Share(
                dice.uuid(),
                "ledger-" + dice.below(config.ledgers()),
                parts,
                dice.chance(0.5) ? dice.below(parts.size()) : -1,
                dice.scaled(500, 200_000));
    }

    private PostTransfer repeatedId(PostTransfer earlier) {
        return new PostTransfer(earlier.id(), earlier.from(), earlier.to(), dice.between(1, 200), "");
    }
}
