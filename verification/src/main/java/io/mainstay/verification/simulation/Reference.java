package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Event;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.log.Acknowledgement;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.wire.WireReader;
import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.TransferPosted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has to follow from a shard's history: the same rules written a second time, slow and plain, and every account as
 * it was at every offset.
 */
final class Reference {
    private static final LedgerDomain LEDGER = new LedgerDomain();
    private static final PurseDomain PURSE = new PurseDomain();

    private final History history;
    private final SimulationConfig config;
    private final Map<UUID, List<Moment>> accounts = new LinkedHashMap<>();
    private final Set<UUID> transfers = new HashSet<>();
    private final LinkedHashMap<UUID, History.Entry> keys = new LinkedHashMap<>();
    private final List<Result> results = new ArrayList<>();
    private History.@Nullable Entry batchEnd;

    Reference(History history, SimulationConfig config) {
        this.history = history;
        this.config = config;
    }

    /** The offset of the next command. */
    long executedBefore() {
        return results.size();
    }

    /** Executes what is durable, up to an offset. */
    void advanceTo(long offset) {
        while (results.size() < offset) {
            forget();
            History.Entry entry = history.entry(results.size());
            results.add(execute(entry));
            if (entry.lastOfBatch()) {
                batchEnd = entry;
            }
        }
    }

    /** Ends the last batch, as a shard does before it looks at its mailbox again. */
    void forget() {
        if (batchEnd == null) {
            return;
        }
        long nowMicros = batchEnd.timestampMicros();
        batchEnd = null;
        Iterator<History.Entry> oldest = keys.values().iterator();
        while (oldest.hasNext()) {
            long ageMicros = nowMicros - oldest.next().timestampMicros();
            if (keys.size() <= config.keysMax() && ageMicros <= config.keyAgeMicrosMax()) {
                return;
            }
            oldest.remove();
        }
    }

    Result result(long offset) {
        return results.get((int) offset);
    }

    /** The keys that are remembered, each with the command that had it first. */
    Map<UUID, History.Entry> keys() {
        return keys;
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

    private Result execute(History.Entry entry) {
        return switch (entry.logged()) {
            case LoggedCommand logged -> execute(entry, logged);
            case ReceivedMessage message ->
                PURSE.commands().decode(new WireReader(message.bytes()))
                                instanceof PurseCommand.Take(var sender, var amountMinor, var serial)
                        ? new Result.Accepted(0, new PurseEvent.Taken(sender, amountMinor, serial))
                        : new Result.Rejected(0, "nobody-sends-this");
            case Acknowledgement acknowledgement -> new Result.Recorded();
        };
    }

    private Result execute(History.Entry entry, LoggedCommand logged) {
        History.Entry original = keys.get(logged.key());
        if (original != null) {
            boolean same = original.command().requestHash() == logged.requestHash();
            return same ? new Result.Repeated(original.offset()) : new Result.KeyReused(original.offset());
        }
        keys.put(logged.key(), entry);
        if (logged.domainId() == PurseDomain.ID) {
            return pay(PURSE.commands().decode(new WireReader(logged.bytes())), entry.offset());
        }
        LedgerCommand command = LEDGER.commands().decode(new WireReader(logged.bytes()));
        String refusal = switch (command) {
            case OpenAccount open -> refusalOf(open);
            case PostTransfer post -> refusalOf(post);
        };
        UUID leading = command.route().leading();
        long expected = logged.expectedVersion();
        if (expected != LoggedCommand.ANY_VERSION && expected != version(leading)) {
            return new Result.Rejected(version(leading), "version-mismatch");
        }
        if (refusal != null) {
            return new Result.Rejected(version(leading), refusal);
        }
        LedgerEvent event = switch (command) {
            case OpenAccount open -> open(open, entry.offset());
            case PostTransfer post -> post(post, entry.offset());
        };
        return new Result.Accepted(version(leading), event);
    }

    private Result pay(PurseCommand command, long offset) {
        return command instanceof PurseCommand.Pay(var id, var ledger, var receiver, var amountMinor)
                        && receiver != history.shard()
                ? new Result.Accepted(0, new PurseEvent.Paid(receiver, amountMinor, offset))
                : new Result.Rejected(0, "purse-own");
    }

    private @Nullable String refusalOf(OpenAccount open) {
        return accounts.containsKey(open.id()) ? "account-exists" : null;
    }

    private @Nullable String refusalOf(PostTransfer post) {
        AccountView from = now(post.from());
        AccountView to = now(post.to());
        if (from == null || to == null) {
            return "account-unknown";
        }
        if (transfers.contains(post.id())) {
            return "transfer-exists";
        }
        if (!from.asset().equals(to.asset())) {
            return "asset-mismatch";
        }
        try {
            Math.addExact(to.balanceMinor(), post.amountMinor());
            long left = Math.subtractExact(from.balanceMinor(), post.amountMinor());
            return left < from.minBalanceMinor() ? "funds-insufficient" : null;
        } catch (ArithmeticException overflow) {
            return "balance-overflow";
        }
    }

    private LedgerEvent open(OpenAccount open, long offset) {
        List<Moment> moments = new ArrayList<>();
        moments.add(new Moment(
                offset, new AccountView(open.id(), open.ledger(), open.asset(), open.minBalanceMinor(), 0, 1)));
        accounts.put(open.id(), moments);
        return new AccountOpened(open.id(), open.ledger(), open.asset(), open.minBalanceMinor());
    }

    private LedgerEvent post(PostTransfer post, long offset) {
        transfers.add(post.id());
        AccountView from = move(post.from(), -post.amountMinor(), offset);
        AccountView to = move(post.to(), post.amountMinor(), offset);
        return new TransferPosted(
                post.id(),
                post.from(),
                post.to(),
                from.asset(),
                post.amountMinor(),
                post.reference(),
                from.balanceMinor(),
                from.version(),
                to.balanceMinor(),
                to.version());
    }

    private AccountView move(UUID id, long amountMinor, long offset) {
        List<Moment> moments = accounts.getOrDefault(id, List.of());
        AccountView before = moments.get(moments.size() - 1).view();
        AccountView after = new AccountView(
                id,
                before.ledger(),
                before.asset(),
                before.minBalanceMinor(),
                before.balanceMinor() + amountMinor,
                before.version() + 1);
        moments.add(new Moment(offset, after));
        return after;
    }

    private long version(UUID id) {
        AccountView view = now(id);
        return view == null ? 0 : view.version();
    }

    private @Nullable AccountView now(UUID id) {
        List<Moment> moments = accounts.get(id);
        return moments == null ? null : moments.get(moments.size() - 1).view();
    }

    /** An account as the command at an offset left it. */
    private record Moment(long offset, AccountView view) {}

    /** What a command has to become. */
    sealed interface Result {
        record Accepted(long version, Event event) implements Result {}

        /** {@code code} as in {@link Rejection#code}. */
        record Rejected(long version, String code) implements Result {}

        record Repeated(long original) implements Result {}

        record KeyReused(long original) implements Result {}

        /** Of an acknowledgement. */
        record Recorded() implements Result {}
    }
}
