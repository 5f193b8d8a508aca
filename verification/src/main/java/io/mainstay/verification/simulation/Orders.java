package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.CommandGroup.Attempt;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.CommandGroup.Step;
import io.mainstay.core.domain.Event;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.CancelTransfer;
import io.mainstay.domain.ledger.ChangeParty;
import io.mainstay.domain.ledger.CloseAccount;
import io.mainstay.domain.ledger.ConfirmTransfer;
import io.mainstay.domain.ledger.DefineAsset;
import io.mainstay.domain.ledger.FreezeAccount;
import io.mainstay.domain.ledger.Leg;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostEntries;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.RegisterParty;
import io.mainstay.domain.ledger.RenameAccount;
import io.mainstay.domain.ledger.ReserveTransfer;
import io.mainstay.domain.ledger.ReverseTransfer;
import io.mainstay.domain.ledger.SetLimits;
import io.mainstay.domain.ledger.UnfreezeAccount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Draws what clients order: mostly what can be done, over one shard or several, and some of all that cannot. */
final class Orders {
    /** What an account holds; the last one is in no table, and has to be defined first. */
    private static final List<String> ASSETS = List.of("EUR", "USD", "GOLD");

    private static final List<String> TENANTS = List.of("", "acme", "umbra");
    private static final int ACCOUNTS_MAX = 24;
    private static final int PARTIES_MAX = 4;
    private static final int LEGS_MAX = 6;
    private static final int GROUP_STEPS_MAX = 4;
    private static final int GROUP_DEPTH_MAX = 2;
    private static final int SHARE_PARTS_MAX = 5;
    private static final int RECENT = 3;
    private static final int AMOUNT_MAX = 200;
    private static final long HUGE = Long.MAX_VALUE;

    private final SimulationConfig config;
    private final Dice dice;
    private final List<OpenAccount> accounts = new ArrayList<>();
    private final List<RegisterParty> parties = new ArrayList<>();
    private final List<PostTransfer> transfers = new ArrayList<>();
    private final List<ReserveTransfer> reservations = new ArrayList<>();
    /** By tenant and id, of every kind. */
    private final List<Named> named = new ArrayList<>();

    /** Of which clients were told that they are open. */
    private final List<OpenAccount> open = new ArrayList<>();

    private final List<Named> frozen = new ArrayList<>();
    private final List<Named> posted = new ArrayList<>();
    private final List<ReserveTransfer> reserved = new ArrayList<>();

    private record Named(String tenant, UUID id) {}

    Orders(SimulationConfig config, Dice dice) {
        this.config = config;
        this.dice = dice;
    }

    /** Clients go on with what they were told is done. */
    void learn(Command command, Outcome.Accepted accepted) {
        for (Event event : accepted.events()) {
            if (event instanceof AccountOpened fact) {
                open.add(new OpenAccount(
                        fact.tenant(),
                        fact.id(),
                        fact.ledger(),
                        fact.asset(),
                        fact.minBalanceMinor(),
                        fact.maxBalanceMinor(),
                        fact.reference(),
                        fact.owner()));
            }
        }
        switch (command) {
            case FreezeAccount freeze -> frozen.add(new Named(freeze.tenant(), freeze.id()));
            case ReserveTransfer reserve -> reserved.add(reserve);
            case PostTransfer post -> posted.add(new Named(post.tenant(), post.id()));
            case PostEntries post -> posted.add(new Named(post.tenant(), post.id()));
            case ReverseTransfer reverse -> posted.add(new Named(reverse.tenant(), reverse.id()));
            case ConfirmTransfer confirm -> posted.add(new Named(confirm.tenant(), confirm.id()));
            default -> {}
        }
    }

    int accountCount() {
        return accounts.size();
    }

    UUID someAccount() {
        return dice.oneOf(accounts).id();
    }

    /** Any order that fits a shard or several. */
    Command next() {
        int roll = dice.below(100);
        if (roll < 34) {
            return postTransfer();
        }
        if (roll < 48) {
            return reserve();
        }
        if (roll < 62) {
            return finishReservation();
        }
        if (roll < 70) {
            return reverse();
        }
        if (roll < 84) {
            return postEntries();
        }
        return administer();
    }

    OpenAccount openAccount() {
        boolean again = accounts.size() >= ACCOUNTS_MAX || (!accounts.isEmpty() && dice.chance(0.3));
        if (again) {
            OpenAccount before = openedBefore();
            return account(before.tenant(), before.id(), ledger());
        }
        OpenAccount open = account(TENANTS.get(dice.below(config.tenants())), dice.uuid(), ledger());
        accounts.add(open);
        return open;
    }

    /** The same account, wanted of another ledger. */
    OpenAccount elsewhere(OpenAccount open) {
        return account(open.tenant(), open.id(), ledger());
    }

    private OpenAccount account(String tenant, UUID id, String ledger) {
        long minBalanceMinor = switch (dice.below(4)) {
            case 0 -> 0;
            case 1 -> -100;
            default -> OpenAccount.UNLIMITED;
        };
        long maxBalanceMinor = dice.chance(0.15) ? dice.between(100, 1000) : OpenAccount.UNLIMITED_MAX;
        Optional<UUID> owner = !parties.isEmpty() && dice.chance(0.1)
                ? Optional.of(dice.oneOf(parties).id())
                : Optional.empty();
        return new OpenAccount(
                tenant,
                id,
                ledger,
                ASSETS.get(dice.below(config.assets())),
                minBalanceMinor,
                maxBalanceMinor,
                "",
                owner);
    }

    /** Often one whose opening may still be under way: then two ledgers want it. */
    private OpenAccount openedBefore() {
        return dice.chance(0.5)
                ? accounts.get(Math.max(0, accounts.size() - 1 - dice.below(RECENT)))
                : dice.oneOf(accounts);
    }

    PostTransfer postTransfer() {
        return postTransfer(account());
    }

    private PostTransfer postTransfer(OpenAccount from) {
        UUID to = dice.chance(0.02) ? dice.uuid() : partner(from).id();
        UUID payer = dice.chance(0.01) ? dice.uuid() : from.id();
        PostTransfer post = new PostTransfer(tenantOf(from), dice.uuid(), payer, to, amountMinor(), "");
        transfers.add(post);
        name(post.tenant(), post.id());
        return post;
    }

    /** The id of an earlier transfer, for another amount. */
    Command repeatedId() {
        if (transfers.isEmpty()) {
            return postTransfer();
        }
        PostTransfer earlier = dice.oneOf(transfers);
        UUID id = dice.chance(0.3) ? dice.oneOf(named).id() : earlier.id();
        return new PostTransfer(earlier.tenant(), id, earlier.from(), earlier.to(), dice.between(1, AMOUNT_MAX), "");
    }

    private ReserveTransfer reserve() {
        return reserve(account());
    }

    private ReserveTransfer reserve(OpenAccount from) {
        ReserveTransfer reserve = new ReserveTransfer(
                tenantOf(from),
                dice.uuid(),
                from.id(),
                partner(from).id(),
                amountMinor(),
                "",
                dice.chance(0.4) ? dice.scaled(5_000, 2_000_000) : dice.between(5_000_000, 60_000_000));
        reservations.add(reserve);
        name(reserve.tenant(), reserve.id());
        return reserve;
    }

    private Command finishReservation() {
        if (reservations.isEmpty() || (reserved.isEmpty() && dice.chance(0.8))) {
            return reserve();
        }
        ReserveTransfer held = recent(reserved.isEmpty() || dice.chance(0.15) ? reservations : reserved);
        if (dice.chance(0.6)) {
            reserved.remove(held);
        }
        if (dice.chance(0.25)) {
            return new CancelTransfer(held.tenant(), held.id());
        }
        long amountMinor = switch (dice.below(5)) {
            case 0 -> dice.between(1, AMOUNT_MAX);
            case 1 -> Math.max(1, held.amountMinor() / 2);
            default -> ConfirmTransfer.ALL;
        };
        String tenant = dice.chance(0.03) ? dice.oneOf(TENANTS) : held.tenant();
        return new ConfirmTransfer(tenant, held.id(), amountMinor);
    }

    private Command reverse() {
        if (named.isEmpty()) {
            return postTransfer();
        }
        Named original = recent(posted.isEmpty() || dice.chance(0.2) ? named : posted);
        UUID id = dice.uuid();
        name(original.tenant(), id);
        return new ReverseTransfer(original.tenant(), id, original.id());
    }

    /** Legs over accounts of any shards: mostly of one tenant, balanced by asset. */
    private PostEntries postEntries() {
        OpenAccount first = account();
        List<OpenAccount> taking = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        taking.add(first);
        seen.add(first.id());
        for (int left = dice.between(1, LEGS_MAX - 1); left > 0; left--) {
            OpenAccount next = partner(first);
            if (seen.add(next.id()) || dice.chance(0.05)) {
                taking.add(next);
            }
        }
        if (taking.size() < 2) {
            taking.add(account());
        }
        boolean named = dice.chance(0.5);
        List<Leg> legs = new ArrayList<>();
        long sumMinor = 0;
        for (OpenAccount account : taking.subList(1, taking.size())) {
            long amountMinor = dice.between(1, AMOUNT_MAX) * (dice.chance(0.7) ? 1L : -1L);
            legs.add(new Leg(account.id(), named ? account.asset() : "", amountMinor));
            sumMinor += amountMinor;
        }
        long restMinor = sumMinor == 0 || dice.chance(0.03) ? -7 : -sumMinor;
        legs.add(dice.below(legs.size() + 1), new Leg(first.id(), named ? first.asset() : "", restMinor));
        PostEntries post = new PostEntries(tenantOf(first), dice.uuid(), legs, "");
        name(post.tenant(), post.id());
        return post;
    }

    /** Freezes, closes, limits, names, parties, assets. */
    private Command administer() {
        OpenAccount account = account();
        String tenant = tenantOf(account);
        int roll = dice.below(100);
        if (roll < 20) {
            return new FreezeAccount(tenant, account.id(), "");
        }
        if (roll < 50) {
            Named ice = frozen.isEmpty() || dice.chance(0.1)
                    ? new Named(tenant, account.id())
                    : frozen.remove(dice.below(frozen.size()));
            return new UnfreezeAccount(ice.tenant(), ice.id());
        }
        if (roll < 65) {
            long minBalanceMinor = dice.chance(0.5) ? OpenAccount.UNLIMITED : -dice.between(0, 500);
            long maxBalanceMinor = dice.chance(0.5) ? OpenAccount.UNLIMITED_MAX : dice.between(0, 1000);
            return new SetLimits(tenant, account.id(), minBalanceMinor, maxBalanceMinor);
        }
        if (roll < 70) {
            return new CloseAccount(tenant, account.id());
        }
        if (roll < 78) {
            return new RenameAccount(tenant, account.id(), "reference " + dice.below(10));
        }
        if (roll < 88) {
            return party();
        }
        return new DefineAsset(TENANTS.get(dice.below(config.tenants())), dice.oneOf(ASSETS), dice.between(2, 3));
    }

    private Command party() {
        if (parties.size() >= PARTIES_MAX || (!parties.isEmpty() && dice.chance(0.4))) {
            RegisterParty party = dice.oneOf(parties);
            return dice.chance(0.7)
                    ? new ChangeParty(party.tenant(), party.id(), "Name " + dice.below(10), "")
                    : new RegisterParty(party.tenant(), party.id(), ledger(), party.name(), party.email());
        }
        RegisterParty party = new RegisterParty(
                TENANTS.get(dice.below(config.tenants())), dice.uuid(), ledger(), "Name", "name@example.org");
        parties.add(party);
        return party;
    }

    CommandGroup group() {
        OpenAccount home = account();
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
        int roll = dice.below(20);
        if (roll < 3) {
            return new Do(pay(home.ledger()));
        }
        if (roll < 5 && accounts.size() < ACCOUNTS_MAX) {
            OpenAccount open = new OpenAccount(
                    home.tenant(),
                    dice.uuid(),
                    home.ledger(),
                    home.asset(),
                    -100,
                    OpenAccount.UNLIMITED_MAX,
                    "",
                    Optional.empty());
            accounts.add(open);
            return new Do(open);
        }
        if (roll < 7) {
            return new Do(repeatedId());
        }
        if (roll < 10) {
            return new Do(reserve(home));
        }
        if (roll < 11) {
            return new Do(share(List.of(part())));
        }
        if (roll < 13) {
            OpenAccount other = neighbour(home);
            long amountMinor = dice.between(1, AMOUNT_MAX);
            List<Leg> legs = List.of(new Leg(home.id(), -amountMinor), new Leg(other.id(), amountMinor));
            return new Do(new PostEntries(home.tenant(), dice.uuid(), legs, ""));
        }
        PostTransfer post = new PostTransfer(
                home.tenant(), dice.uuid(), home.id(), neighbour(home).id(), amountMinor(), "");
        transfers.add(post);
        name(post.tenant(), post.id());
        return new Do(post);
    }

    PurseCommand pay() {
        return pay(ledger());
    }

    private PurseCommand pay(String ledger) {
        return new PurseCommand.Pay(dice.uuid(), ledger, dice.below(config.shards()), dice.between(1, AMOUNT_MAX));
    }

    PurseCommand turn() {
        return new PurseCommand.Turn(dice.uuid(), ledger());
    }

    /** A saga of any shape: with or without a pivot, here or there, with several steps on one shard. */
    PurseCommand share() {
        List<PurseCommand.Part> parts = new ArrayList<>();
        for (int left = dice.between(1, SHARE_PARTS_MAX); left > 0; left--) {
            parts.add(part());
        }
        return share(parts);
    }

    private PurseCommand share(List<PurseCommand.Part> parts) {
        int pivot = dice.chance(0.5) ? dice.below(parts.size()) : -1;
        return new PurseCommand.Share(dice.uuid(), ledger(), parts, pivot, dice.scaled(500, 200_000));
    }

    private PurseCommand.Part part() {
        return new PurseCommand.Part(dice.below(config.shards()), dice.between(1, AMOUNT_MAX));
    }

    /** Mostly of the same tenant and asset, so that mostly something moves; of any ledger, and so of any shard. */
    private OpenAccount partner(OpenAccount of) {
        List<OpenAccount> fitting = (dice.chance(0.95) ? open : accounts)
                .stream()
                        .filter(account -> fits(account, of))
                        .filter(account -> account.ledger().equals(of.ledger()) || dice.chance(0.7))
                        .toList();
        return fitting.isEmpty() || dice.chance(0.04) ? account() : dice.oneOf(fitting);
    }

    /** Mostly of the same ledger as well. */
    private OpenAccount neighbour(OpenAccount of) {
        List<OpenAccount> fitting = (dice.chance(0.95) ? open : accounts)
                .stream()
                        .filter(account -> fits(account, of) && account.ledger().equals(of.ledger()))
                        .toList();
        return fitting.isEmpty() || dice.chance(0.1) ? account() : dice.oneOf(fitting);
    }

    private OpenAccount account() {
        return dice.oneOf(open.isEmpty() || dice.chance(0.05) ? accounts : open);
    }

    /** Mostly one of the last few. */
    private <T> T recent(List<T> all) {
        return dice.chance(0.7) ? all.get(Math.max(0, all.size() - 1 - dice.below(2 * RECENT))) : dice.oneOf(all);
    }

    private static boolean fits(OpenAccount account, OpenAccount of) {
        return account.tenant().equals(of.tenant())
                && account.asset().equals(of.asset())
                && !account.id().equals(of.id());
    }

    private String tenantOf(OpenAccount account) {
        return dice.chance(0.02) ? dice.oneOf(TENANTS) : account.tenant();
    }

    private long amountMinor() {
        return dice.chance(0.02) ? HUGE - dice.below(1000) : dice.between(1, AMOUNT_MAX);
    }

    private String ledger() {
        return "ledger-" + dice.below(config.ledgers());
    }

    private void name(String tenant, UUID id) {
        named.add(new Named(tenant, id));
    }
}
