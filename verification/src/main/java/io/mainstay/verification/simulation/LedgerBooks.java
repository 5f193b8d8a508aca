package io.mainstay.verification.simulation;

import io.mainstay.domain.ledger.AccountClosed;
import io.mainstay.domain.ledger.AccountFrozen;
import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.AccountRenamed;
import io.mainstay.domain.ledger.AccountStatus;
import io.mainstay.domain.ledger.AccountUnfrozen;
import io.mainstay.domain.ledger.AssetDefined;
import io.mainstay.domain.ledger.ChangeParty;
import io.mainstay.domain.ledger.CloseAccount;
import io.mainstay.domain.ledger.DefineAsset;
import io.mainstay.domain.ledger.FreezeAccount;
import io.mainstay.domain.ledger.LearnAsset;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.LedgerState.PartyView;
import io.mainstay.domain.ledger.LegCommand;
import io.mainstay.domain.ledger.LimitsSet;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PartyChanged;
import io.mainstay.domain.ledger.PartyRegistered;
import io.mainstay.domain.ledger.RegisterParty;
import io.mainstay.domain.ledger.RenameAccount;
import io.mainstay.domain.ledger.SetLimits;
import io.mainstay.domain.ledger.TransferCommand;
import io.mainstay.domain.ledger.UnfreezeAccount;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of the ledger written a second time, over plain maps. */
final class LedgerBooks {
    /** The codes that accounts hold without their being defined, of those that the workload uses. */
    private static final List<String> STANDARD = List.of("EUR", "USD", "CHF");

    private final Books books;
    private final Map<UUID, AccountView> accounts = new LinkedHashMap<>();
    private final Map<UUID, PartyView> parties = new LinkedHashMap<>();
    private final Map<String, Integer> scales = new TreeMap<>();
    /** By tenant and code: what left this shard for others, less what came. */
    private final Map<String, BigInteger> inFlight = new TreeMap<>();

    private final Set<UUID> touched = new HashSet<>();

    LedgerBooks(Books books) {
        this.books = books;
    }

    LedgerBooks copy(Books owner) {
        LedgerBooks copy = new LedgerBooks(owner);
        copy.accounts.putAll(accounts);
        copy.parties.putAll(parties);
        copy.scales.putAll(scales);
        copy.inFlight.putAll(inFlight);
        copy.touched.addAll(touched);
        return copy;
    }

    void begin() {
        touched.clear();
    }

    /** Accounts that the entry may have changed. */
    Set<UUID> touched() {
        return touched;
    }

    Map<UUID, AccountView> accounts() {
        return accounts;
    }

    Set<UUID> parties() {
        return parties.keySet();
    }

    long version(UUID id) {
        AccountView account = accounts.get(id);
        if (account != null) {
            return account.version();
        }
        PartyView party = parties.get(id);
        if (party != null) {
            return party.version();
        }
        Deal deal = books.transfers().find(id);
        return deal == null ? 0 : deal.version();
    }

    void run(LedgerCommand command, Line line) throws Refused {
        switch (command) {
            case DefineAsset define -> define(define);
            case LearnAsset(var tenant, var code, var scale) -> {
                Refused.unless(!scales.containsKey(tenant + "/" + code), "asset-exists");
                scales.put(tenant + "/" + code, scale);
                books.add(new AssetDefined(tenant, code, scale));
            }
            case RegisterParty(var tenant, var id, var ledger, var name, var email) -> {
                Refused.unless(!parties.containsKey(id), "party-exists");
                parties.put(id, new PartyView(tenant, id, ledger, name, email, 1));
                books.add(new PartyRegistered(tenant, id, ledger, name, email));
            }
            case ChangeParty change -> change(change);
            case OpenAccount open -> open(open);
            case RenameAccount(var tenant, var id, var reference) -> {
                AccountView before = account(tenant, id);
                Refused.unless(before.status() != AccountStatus.CLOSED, "account-closed");
                AccountView after = put(Accounts.renamed(before, reference));
                books.add(new AccountRenamed(tenant, id, before.reference(), reference, after.version()));
            }
            case SetLimits set -> setLimits(set);
            case FreezeAccount(var tenant, var id, var reason) -> {
                requireOpen(account(tenant, id));
                AccountView after = put(Accounts.become(account(tenant, id), AccountStatus.FROZEN));
                books.add(new AccountFrozen(tenant, id, reason, after.version()));
            }
            case UnfreezeAccount(var tenant, var id) -> {
                AccountView before = account(tenant, id);
                Refused.unless(before.status() != AccountStatus.CLOSED, "account-closed");
                Refused.unless(before.status() == AccountStatus.FROZEN, "account-not-frozen");
                AccountView after = put(Accounts.become(before, AccountStatus.OPEN));
                books.add(new AccountUnfrozen(tenant, id, after.version()));
            }
            case CloseAccount(var tenant, var id) -> {
                AccountView before = account(tenant, id);
                requireOpen(before);
                boolean empty =
                        before.balanceMinor() == 0 && before.reservedMinor() == 0 && before.expectedMinor() == 0;
                Refused.unless(empty, "account-not-empty");
                AccountView after = put(Accounts.become(before, AccountStatus.CLOSED));
                books.add(new AccountClosed(tenant, id, after.version()));
            }
            case TransferCommand order -> books.transfers().run(order, line);
            case LegCommand order -> books.transfers().run(order, line);
        }
    }

    private void define(DefineAsset define) throws Refused {
        String key = define.tenant() + "/" + define.code();
        boolean otherStandard = STANDARD.contains(define.code()) && define.scale() != 2;
        Refused.unless(!scales.containsKey(key) && !otherStandard, "asset-exists");
        scales.put(key, define.scale());
        books.add(new AssetDefined(define.tenant(), define.code(), define.scale()));
        for (int shard = 0; shard < books.config().shards(); shard++) {
            if (shard != books.shard()) {
                books.send(shard, new LearnAsset(define.tenant(), define.code(), define.scale()));
            }
        }
    }

    private void change(ChangeParty change) throws Refused {
        PartyView before = parties.get(change.id());
        if (before == null || !before.tenant().equals(change.tenant())) {
            throw new Refused("party-unknown");
        }
        PartyView after = new PartyView(
                before.tenant(), before.id(), before.ledger(), change.name(), change.email(), before.version() + 1);
        parties.put(before.id(), after);
        books.add(new PartyChanged(
                before.tenant(),
                before.id(),
                before.name(),
                before.email(),
                after.name(),
                after.email(),
                after.version()));
    }

    private void open(OpenAccount open) throws Refused {
        Refused.unless(!accounts.containsKey(open.id()), "account-exists");
        boolean known = STANDARD.contains(open.asset()) || scales.containsKey(open.tenant() + "/" + open.asset());
        Refused.unless(known, "asset-unknown");
        if (open.owner().isPresent()) {
            PartyView owner = parties.get(open.owner().get());
            Refused.unless(owner != null && owner.tenant().equals(open.tenant()), "party-unknown");
        }
        accounts.put(open.id(), Accounts.opened(open));
        touched.add(open.id());
        books.add(new AccountOpened(
                open.tenant(),
                open.id(),
                open.ledger(),
                open.asset(),
                open.minBalanceMinor(),
                open.maxBalanceMinor(),
                open.reference(),
                open.owner()));
    }

    private void setLimits(SetLimits set) throws Refused {
        AccountView before = account(set.tenant(), set.id());
        Refused.unless(before.status() != AccountStatus.CLOSED, "account-closed");
        boolean low = before.balanceMinor() - before.reservedMinor() < set.minBalanceMinor();
        boolean high = before.balanceMinor() + before.expectedMinor() > set.maxBalanceMinor();
        Refused.unless(!low && !high, "limits-broken");
        AccountView after = put(Accounts.limited(before, set.minBalanceMinor(), set.maxBalanceMinor()));
        books.add(new LimitsSet(
                set.tenant(),
                set.id(),
                before.minBalanceMinor(),
                before.maxBalanceMinor(),
                after.minBalanceMinor(),
                after.maxBalanceMinor(),
                after.version()));
    }

    /** Changes what an account has, whether it may be or not. */
    AccountView move(UUID id, long balanceMinor, long reservedMinor, long expectedMinor) {
        AccountView before = Objects.requireNonNull(accounts.get(id));
        inFlight.merge(before.tenant() + "/" + before.asset(), big(-balanceMinor), BigInteger::add);
        return put(Accounts.moved(before, balanceMinor, reservedMinor, expectedMinor));
    }

    Map<String, BigInteger> inFlight() {
        return inFlight;
    }

    static void requireDebit(AccountView account, long amountMinor) throws Refused {
        requireOpen(account);
        BigInteger left = big(account.balanceMinor())
                .subtract(big(account.reservedMinor()))
                .subtract(big(amountMinor));
        Refused.unless(fits(left), "balance-overflow");
        Refused.unless(left.longValueExact() >= account.minBalanceMinor(), "funds-insufficient");
    }

    static void requireCredit(AccountView account, long amountMinor) throws Refused {
        requireOpen(account);
        BigInteger most =
                big(account.balanceMinor()).add(big(account.expectedMinor())).add(big(amountMinor));
        Refused.unless(fits(most), "balance-overflow");
        Refused.unless(most.longValueExact() <= account.maxBalanceMinor(), "limit-exceeded");
    }

    /** So much more can be reserved of the account. */
    static void requireReserve(AccountView account, long amountMinor) throws Refused {
        Refused.unless(fits(big(account.reservedMinor()).add(big(amountMinor))), "balance-overflow");
    }

    /** The account can expect so much more. */
    static void requireExpect(AccountView account, long amountMinor) throws Refused {
        Refused.unless(fits(big(account.expectedMinor()).add(big(amountMinor))), "balance-overflow");
    }

    private static BigInteger big(long number) {
        return BigInteger.valueOf(number);
    }

    private static boolean fits(BigInteger number) {
        return number.bitLength() < Long.SIZE;
    }

    private static void requireOpen(AccountView account) throws Refused {
        Refused.unless(account.status() != AccountStatus.FROZEN, "account-frozen");
        Refused.unless(account.status() != AccountStatus.CLOSED, "account-closed");
    }

    AccountView account(String tenant, UUID id) throws Refused {
        AccountView account = find(tenant, id);
        if (account == null) {
            throw new Refused("account-unknown");
        }
        return account;
    }

    private @Nullable AccountView find(String tenant, UUID id) {
        AccountView account = accounts.get(id);
        return account == null || !account.tenant().equals(tenant) ? null : account;
    }

    private AccountView put(AccountView after) {
        accounts.put(after.id(), after);
        touched.add(after.id());
        return after;
    }
}
