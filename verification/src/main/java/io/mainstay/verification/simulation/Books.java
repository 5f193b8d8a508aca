package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup.Attempt;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.CommandGroup.Step;
import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Message;
import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.TransferPosted;
import io.mainstay.verification.simulation.PurseState.Payment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules of ledger and purse written a second time, slow and plain, with every account as it was at every offset.
 * Where the shard undoes, this works on a copy and throws it away.
 */
final class Books {
    private final int shard;
    private final Map<UUID, List<Moment>> accounts = new LinkedHashMap<>();
    private final Set<UUID> transfers = new HashSet<>();
    private final Map<Integer, List<Payment>> paid = new TreeMap<>();
    private final Map<Integer, List<Payment>> taken = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Skip> skips = new ArrayList<>();

    Books(int shard) {
        this.shard = shard;
    }

    /** A copy that lives a life of its own. */
    Books copy() {
        Books copy = new Books(shard);
        accounts.forEach((id, moments) -> copy.accounts.put(id, new ArrayList<>(moments)));
        copy.transfers.addAll(transfers);
        paid.forEach((receiver, payments) -> copy.paid.put(receiver, new ArrayList<>(payments)));
        taken.forEach((sender, payments) -> copy.taken.put(sender, new ArrayList<>(payments)));
        copy.events.addAll(events);
        copy.messages.addAll(messages);
        copy.skips.addAll(skips);
        return copy;
    }

    /** Begins the next entry of the log. */
    void begin() {
        events.clear();
        messages.clear();
        skips.clear();
    }

    /** What the entry has become so far. */
    List<Event> events() {
        return List.copyOf(events);
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    List<Skip> skips() {
        return List.copyOf(skips);
    }

    /** The books after a group, or after the steps of an attempt; these books are of no use any more. */
    Books run(List<Step> steps, String pointer, long offset) throws Refused {
        Books now = this;
        for (int index = 0; index < steps.size(); index++) {
            String here = pointer + "/" + index;
            switch (steps.get(index)) {
                case Do(var command) -> now.run(command, offset);
                case Attempt(var inner) -> now = now.attempt(inner, here, offset);
            }
        }
        return now;
    }

    private Books attempt(List<Step> steps, String pointer, long offset) {
        try {
            return copy().run(steps, pointer + "/steps", offset);
        } catch (Refused refused) {
            skips.add(new Skip(pointer, refused.code()));
            return this;
        }
    }

    /** Does what is ordered at an offset, or changes nothing. */
    void run(Command command, long offset) throws Refused {
        switch (command) {
            case OpenAccount open -> open(open, offset);
            case PostTransfer post -> post(post, offset);
            case PurseCommand.Pay pay -> pay(pay, offset);
            case PurseCommand.Take take -> take(take);
            default -> throw new IllegalArgumentException("no rule for " + command);
        }
    }

    Set<UUID> accounts() {
        return accounts.keySet();
    }

    /** An account as it is after all commands below an offset. */
    Optional<AccountView> account(UUID id, long offset) {
        List<Moment> moments = accounts.getOrDefault(id, List.of());
        for (int index = moments.size() - 1; index >= 0; index--) {
            if (moments.get(index).offset() < offset) {
                return Optional.of(moments.get(index).view());
            }
        }
        return Optional.empty();
    }

    /** Version of the aggregate that leads a command. Purses have none. */
    long version(Command command) {
        AccountView view = command instanceof PurseCommand ? null : now(command.leading());
        return view == null ? 0 : view.version();
    }

    List<Payment> paidTo(int receiver) {
        return paid.getOrDefault(receiver, List.of());
    }

    List<Payment> takenFrom(int sender) {
        return taken.getOrDefault(sender, List.of());
    }

    private void open(OpenAccount open, long offset) throws Refused {
        require(!accounts.containsKey(open.id()), "account-exists");
        List<Moment> moments = new ArrayList<>();
        moments.add(new Moment(
                offset, new AccountView(open.id(), open.ledger(), open.asset(), open.minBalanceMinor(), 0, 1)));
        accounts.put(open.id(), moments);
        events.add(new AccountOpened(open.id(), open.ledger(), open.asset(), open.minBalanceMinor()));
    }

    private void post(PostTransfer post, long offset) throws Refused {
        AccountView from = now(post.from());
        AccountView to = now(post.to());
        if (from == null || to == null) {
            throw new Refused("account-unknown");
        }
        require(!transfers.contains(post.id()), "transfer-exists");
        require(from.asset().equals(to.asset()), "asset-mismatch");
        require(fits(from, to, post.amountMinor()), "balance-overflow");
        require(from.balanceMinor() - post.amountMinor() >= from.minBalanceMinor(), "funds-insufficient");
        transfers.add(post.id());
        AccountView fromAfter = move(from, -post.amountMinor(), offset);
        AccountView toAfter = move(to, post.amountMinor(), offset);
        events.add(new TransferPosted(
                post.id(),
                post.from(),
                post.to(),
                from.asset(),
                post.amountMinor(),
                post.reference(),
                fromAfter.balanceMinor(),
                fromAfter.version(),
                toAfter.balanceMinor(),
                toAfter.version()));
    }

    private static boolean fits(AccountView from, AccountView to, long amountMinor) {
        try {
            Math.addExact(to.balanceMinor(), amountMinor);
            Math.subtractExact(from.balanceMinor(), amountMinor);
            return true;
        } catch (ArithmeticException overflow) {
            return false;
        }
    }

    private void pay(PurseCommand.Pay pay, long offset) throws Refused {
        require(pay.receiver() != shard, "purse-own");
        paid.computeIfAbsent(pay.receiver(), first -> new ArrayList<>()).add(new Payment(offset, pay.amountMinor()));
        events.add(new PurseEvent.Paid(pay.receiver(), pay.amountMinor(), offset));
        messages.add(new Message(pay.receiver(), new PurseCommand.Take(shard, pay.amountMinor(), offset)));
    }

    private void take(PurseCommand.Take take) {
        taken.computeIfAbsent(take.sender(), first -> new ArrayList<>())
                .add(new Payment(take.serial(), take.amountMinor()));
        events.add(new PurseEvent.Taken(take.sender(), take.amountMinor(), take.serial()));
    }

    private AccountView move(AccountView before, long amountMinor, long offset) {
        AccountView after = new AccountView(
                before.id(),
                before.ledger(),
                before.asset(),
                before.minBalanceMinor(),
                before.balanceMinor() + amountMinor,
                before.version() + 1);
        accounts.getOrDefault(before.id(), List.of()).add(new Moment(offset, after));
        return after;
    }

    private @Nullable AccountView now(UUID id) {
        List<Moment> moments = accounts.get(id);
        return moments == null ? null : moments.get(moments.size() - 1).view();
    }

    private static void require(boolean condition, String code) throws Refused {
        if (!condition) {
            throw new Refused(code);
        }
    }

    /** An account as the command at an offset left it. */
    private record Moment(long offset, AccountView view) {}

    /** An attempt that was undone, where it stands in its group, and the code of its refusal. */
    record Skip(String pointer, String code) {}

    /** The rules refuse a command. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;

        Refused(String code) {
            super(code, null, false, false);
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
