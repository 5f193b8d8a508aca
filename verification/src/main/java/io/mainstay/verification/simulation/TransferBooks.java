package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Saga;
import io.mainstay.domain.ledger.AmountExpected;
import io.mainstay.domain.ledger.AmountHeld;
import io.mainstay.domain.ledger.CancelTransfer;
import io.mainstay.domain.ledger.ConfirmTransfer;
import io.mainstay.domain.ledger.EntriesPosted;
import io.mainstay.domain.ledger.EntriesPutIn;
import io.mainstay.domain.ledger.Entry;
import io.mainstay.domain.ledger.Expect;
import io.mainstay.domain.ledger.ExpectedGiven;
import io.mainstay.domain.ledger.ExpectedReleased;
import io.mainstay.domain.ledger.FarLeg;
import io.mainstay.domain.ledger.GiveExpected;
import io.mainstay.domain.ledger.HeldTaken;
import io.mainstay.domain.ledger.HoldAmount;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.Leg;
import io.mainstay.domain.ledger.LegCommand;
import io.mainstay.domain.ledger.PostEntries;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.PutIn;
import io.mainstay.domain.ledger.ReleaseExpected;
import io.mainstay.domain.ledger.ReserveTransfer;
import io.mainstay.domain.ledger.Return;
import io.mainstay.domain.ledger.Returned;
import io.mainstay.domain.ledger.ReverseTransfer;
import io.mainstay.domain.ledger.Settle;
import io.mainstay.domain.ledger.Settled;
import io.mainstay.domain.ledger.TakeHeld;
import io.mainstay.domain.ledger.TakeOut;
import io.mainstay.domain.ledger.TakenOut;
import io.mainstay.domain.ledger.TransferCancelled;
import io.mainstay.domain.ledger.TransferCommand;
import io.mainstay.domain.ledger.TransferConfirmed;
import io.mainstay.domain.ledger.TransferExpired;
import io.mainstay.domain.ledger.TransferPosted;
import io.mainstay.domain.ledger.TransferReserved;
import io.mainstay.domain.ledger.TransferStage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of transfers written a second time: what callers order, and a shard's part in what spans several. */
final class TransferBooks {
    private static final int EXPIRED_AT_ONCE = 256;

    private final Books books;
    private final Map<UUID, Deal> deals = new HashMap<>();

    TransferBooks(Books books) {
        this.books = books;
    }

    TransferBooks copy(Books owner) {
        TransferBooks copy = new TransferBooks(owner);
        copy.deals.putAll(deals);
        return copy;
    }

    @Nullable
    Deal find(UUID id) {
        return deals.get(id);
    }

    /** Every transfer that the shard knows. */
    Iterable<Deal> all() {
        return deals.values();
    }

    void run(TransferCommand command, Line line) throws Refused {
        switch (command) {
            case PostTransfer post -> post(post, line);
            case ReserveTransfer reserve -> reserve(reserve, line);
            case ConfirmTransfer confirm -> confirm(confirm, line);
            case CancelTransfer(var tenant, var id) -> {
                Deal deal = reserved(tenant, id, ConfirmTransfer.ALL, line.nowMicros());
                books.add(new TransferCancelled(tenant, id, release(deal, TransferStage.CANCELLED)));
            }
            case ReverseTransfer reverse -> reverse(reverse, line);
            case PostEntries(var tenant, var id, var legs, var reference) -> {
                requireFresh(id);
                postLegs(tenant, id, legs, reference, "legs-unbalanced", line);
            }
        }
    }

    void run(LegCommand command, Line line) throws Refused {
        switch (command) {
            case TakeOut out -> takeOut(out);
            case PutIn(var tenant, var id, var legs) -> {
                requireFresh(id);
                require(tenant, legs);
                deals.put(id, Deal.visited(id));
                books.add(new EntriesPutIn(tenant, id, moveAll(legs)));
            }
            case Settle(var tenant, var id) -> settle(tenant, id);
            case Return(var tenant, var id) -> giveBack(tenant, id);
            case HoldAmount hold -> {
                requireFresh(hold.id());
                require(hold.tenant(), List.of(hold.from()));
                LedgerBooks.requireReserve(
                        ledger().account(hold.tenant(), hold.from().account()),
                        -hold.from().amountMinor());
                deals.put(
                        hold.id(),
                        new Deal(
                                hold.tenant(),
                                hold.id(),
                                TransferStage.RESERVING,
                                List.of(hold.from()),
                                List.of(hold.to()),
                                Optional.empty(),
                                hold.expiresMicros(),
                                0));
                Entry entry = move(hold.from().account(), 0, -hold.from().amountMinor(), 0);
                books.add(new AmountHeld(
                        hold.tenant(),
                        hold.id(),
                        hold.from(),
                        hold.to(),
                        hold.reference(),
                        hold.expiresMicros(),
                        List.of(entry)));
            }
            case TakeHeld(var tenant, var id, var amountMinor) -> {
                Deal deal = reserved(tenant, id, amountMinor, line.nowMicros());
                LedgerBooks.requireExpect(
                        ledger().account(tenant, deal.legs().get(0).account()), amountMinor);
                deals.put(id, deal.at(TransferStage.CONFIRMING, amountMinor));
                Entry entry = move(deal.legs().get(0).account(), -amountMinor, -amountMinor, amountMinor);
                books.add(new HeldTaken(tenant, id, amountMinor, List.of(entry)));
            }
            case Expect(var tenant, var id, var to) -> {
                requireFresh(id);
                require(tenant, List.of(to));
                LedgerBooks.requireExpect(ledger().account(tenant, to.account()), to.amountMinor());
                deals.put(
                        id,
                        new Deal(tenant, id, TransferStage.EXPECTED, List.of(to), List.of(), Optional.empty(), 0, 0));
                books.add(new AmountExpected(tenant, id, to, List.of(move(to.account(), 0, 0, to.amountMinor()))));
            }
            case GiveExpected(var tenant, var id, var amountMinor) -> {
                Deal deal = expected(id);
                Refused.unless(amountMinor <= deal.amountMinor(), "confirm-too-much");
                deals.put(id, Deal.visited(id));
                Entry entry = move(deal.legs().get(0).account(), amountMinor, 0, -deal.amountMinor());
                books.add(new ExpectedGiven(tenant, id, amountMinor, List.of(entry)));
            }
            case ReleaseExpected(var tenant, var id) -> {
                Deal deal = expected(id);
                deals.put(id, Deal.visited(id));
                Entry entry = move(deal.legs().get(0).account(), 0, 0, -deal.amountMinor());
                books.add(new ExpectedReleased(tenant, id, List.of(entry)));
            }
        }
    }

    /** Reservations that nobody has ended. */
    long reservedCount() {
        return deals.values().stream()
                .filter(deal -> deal.stage() == TransferStage.RESERVED)
                .count();
    }

    /** Reservations that have expired, those that did so first at the front. */
    List<Deal> expired(long nowMicros) {
        return deals.values().stream()
                .filter(deal -> deal.stage() == TransferStage.RESERVED && deal.expiresMicros() <= nowMicros)
                .sorted(Comparator.comparingLong(Deal::expiresMicros).thenComparing(Deal::id))
                .limit(EXPIRED_AT_ONCE)
                .toList();
    }

    void expire(long nowMicros) {
        for (Deal deal : expired(nowMicros)) {
            books.add(new TransferExpired(deal.tenant(), deal.id(), release(deal, TransferStage.EXPIRED)));
        }
    }

    private void post(PostTransfer post, Line line) throws Refused {
        boolean across = books.home(post.from(), line) != books.shard() || books.home(post.to(), line) != books.shard();
        if (across) {
            requireFresh(post.id());
            Refused.unless(!post.from().equals(post.to()), "same-account");
            List<Leg> legs = List.of(new Leg(post.from(), -post.amountMinor()), new Leg(post.to(), post.amountMinor()));
            postLegs(post.tenant(), post.id(), legs, post.reference(), "asset-mismatch", line);
            return;
        }
        AccountView from = ledger().account(post.tenant(), post.from());
        AccountView to = ledger().account(post.tenant(), post.to());
        requireFresh(post.id());
        Refused.unless(!post.from().equals(post.to()), "same-account");
        Refused.unless(from.asset().equals(to.asset()), "asset-mismatch");
        LedgerBooks.requireDebit(from, post.amountMinor());
        LedgerBooks.requireCredit(to, post.amountMinor());
        List<Entry> entries = moveAll(List.of(
                new Leg(post.from(), from.asset(), -post.amountMinor()),
                new Leg(post.to(), to.asset(), post.amountMinor())));
        finish(post.tenant(), post.id(), legsOf(entries), Optional.empty());
        books.add(new TransferPosted(
                post.tenant(),
                post.id(),
                post.from(),
                post.to(),
                from.asset(),
                post.amountMinor(),
                post.reference(),
                entries.get(0).balanceMinor(),
                entries.get(0).version(),
                entries.get(1).balanceMinor(),
                entries.get(1).version()));
    }

    private void postLegs(String tenant, UUID id, List<Leg> legs, String reference, String unbalanced, Line line)
            throws Refused {
        Set<UUID> seen = new HashSet<>();
        Set<String> assetsHere = new HashSet<>();
        List<Leg> here = new ArrayList<>();
        for (Leg leg : legs) {
            Refused.unless(seen.add(leg.account()), "account-repeated");
            if (books.home(leg.account(), line) == books.shard()) {
                AccountView account = ledger().account(tenant, leg.account());
                String asset = leg.asset().isEmpty() ? account.asset() : leg.asset();
                assetsHere.add(asset);
                here.add(new Leg(leg.account(), asset, leg.amountMinor()));
            }
        }
        require(tenant, here);
        List<FarLeg> elsewhere = new ArrayList<>();
        for (Leg leg : legs) {
            int home = books.home(leg.account(), line);
            if (home != books.shard()) {
                Refused.unless(!leg.asset().isEmpty() || assetsHere.size() == 1, "asset-required");
                String asset = leg.asset().isEmpty() ? assetsHere.iterator().next() : leg.asset();
                elsewhere.add(new FarLeg(home, new Leg(leg.account(), asset, leg.amountMinor())));
            }
        }
        Map<String, BigInteger> sums = new HashMap<>();
        here.forEach(leg -> sums.merge(leg.asset(), BigInteger.valueOf(leg.amountMinor()), BigInteger::add));
        elsewhere.forEach(far ->
                sums.merge(far.leg().asset(), BigInteger.valueOf(far.leg().amountMinor()), BigInteger::add));
        Refused.unless(sums.values().stream().allMatch(sum -> sum.signum() == 0), unbalanced);
        begin(tenant, id, here, elsewhere, Optional.empty(), reference, line);
    }

    /** Posts legs at once if all are here, or has the shards take out and put in. */
    private void begin(
            String tenant,
            UUID id,
            List<Leg> here,
            List<FarLeg> elsewhere,
            Optional<UUID> reverses,
            String reference,
            Line line)
            throws Refused {
        if (elsewhere.isEmpty()) {
            List<Entry> entries = moveAll(here);
            finish(tenant, id, legsOf(entries), reverses);
            mark(reverses, TransferStage.REVERSED);
            books.add(new EntriesPosted(tenant, id, reverses, reference, entries));
            return;
        }
        Map<Integer, List<Leg>> others = new TreeMap<>();
        elsewhere.forEach(far ->
                others.computeIfAbsent(far.shard(), first -> new ArrayList<>()).add(far.leg()));
        List<Saga.Step> steps = new ArrayList<>();
        steps.add(undoable(books.shard(), tenant, id, new TakeOut(tenant, id, here, elsewhere, reverses, reference)));
        others.forEach((shard, legs) -> steps.add(
                others.size() == 1
                        ? Saga.Step.pivot(shard, new PutIn(tenant, id, legs))
                        : undoable(
                                shard,
                                tenant,
                                id,
                                new TakeOut(tenant, id, legs, List.of(), Optional.empty(), reference))));
        books.sagas().begin(new Saga(id, steps, Saga.TIMEOUT_MICROS_DEFAULT), line);
    }

    private static Saga.Step undoable(int shard, String tenant, UUID id, Command attempt) {
        return Saga.Step.compensable(shard, attempt, Optional.of(new Settle(tenant, id)), new Return(tenant, id));
    }

    private void reserve(ReserveTransfer reserve, Line line) throws Refused {
        AccountView from = ledger().account(reserve.tenant(), reserve.from());
        Refused.unless(!reserve.from().equals(reserve.to()), "same-account");
        int home = books.home(reserve.to(), line);
        boolean across = home != books.shard();
        AccountView to = across ? null : ledger().account(reserve.tenant(), reserve.to());
        requireFresh(reserve.id());
        Refused.unless(to == null || to.asset().equals(from.asset()), "asset-mismatch");
        LedgerBooks.requireDebit(from, reserve.amountMinor());
        LedgerBooks.requireReserve(from, reserve.amountMinor());
        if (to != null) {
            LedgerBooks.requireCredit(to, reserve.amountMinor());
            LedgerBooks.requireExpect(to, reserve.amountMinor());
        }
        String tenant = reserve.tenant();
        UUID id = reserve.id();
        long amountMinor = reserve.amountMinor();
        long expiresMicros = line.nowMicros() + reserve.expiryMicros();
        Leg debit = new Leg(reserve.from(), from.asset(), -amountMinor);
        Leg credit = new Leg(reserve.to(), from.asset(), amountMinor);
        if (across) {
            Command hold =
                    new HoldAmount(tenant, id, debit, new FarLeg(home, credit), reserve.reference(), expiresMicros);
            List<Saga.Step> steps = List.of(
                    undoable(books.shard(), tenant, id, hold), Saga.Step.pivot(home, new Expect(tenant, id, credit)));
            books.sagas().begin(new Saga(id, steps, Saga.TIMEOUT_MICROS_DEFAULT), line);
            return;
        }
        deals.put(
                id,
                new Deal(
                        tenant,
                        id,
                        TransferStage.RESERVED,
                        List.of(debit, credit),
                        List.of(),
                        Optional.empty(),
                        expiresMicros,
                        0));
        books.add(new TransferReserved(
                tenant,
                id,
                reserve.from(),
                reserve.to(),
                from.asset(),
                amountMinor,
                reserve.reference(),
                expiresMicros,
                List.of(move(reserve.from(), 0, amountMinor, 0), move(reserve.to(), 0, 0, amountMinor))));
    }

    private void confirm(ConfirmTransfer confirm, Line line) throws Refused {
        String tenant = confirm.tenant();
        UUID id = confirm.id();
        Deal deal = reserved(tenant, id, confirm.amountMinor(), line.nowMicros());
        long reservedMinor = deal.amountMinor();
        long amountMinor = confirm.amountMinor() == ConfirmTransfer.ALL ? reservedMinor : confirm.amountMinor();
        if (!deal.elsewhere().isEmpty()) {
            List<Saga.Step> steps = List.of(
                    undoable(books.shard(), tenant, id, new TakeHeld(tenant, id, amountMinor)),
                    Saga.Step.pivot(deal.elsewhere().get(0).shard(), new GiveExpected(tenant, id, amountMinor)));
            books.sagas().begin(new Saga(id, steps, Saga.TIMEOUT_MICROS_DEFAULT), line);
            return;
        }
        deals.put(id, deal.of(amountMinor).finished(TransferStage.POSTED));
        books.add(new TransferConfirmed(
                tenant,
                id,
                amountMinor,
                List.of(
                        move(deal.legs().get(0).account(), -amountMinor, -reservedMinor, 0),
                        move(deal.legs().get(1).account(), amountMinor, 0, -reservedMinor))));
    }

    private void reverse(ReverseTransfer reverse, Line line) throws Refused {
        requireFresh(reverse.id());
        Deal original = deals.get(reverse.original());
        if (original == null || !original.isHome() || !original.tenant().equals(reverse.tenant())) {
            throw new Refused("transfer-unknown");
        }
        Refused.unless(original.stage() != TransferStage.REVERSING, "transfer-reversing");
        Refused.unless(original.stage() != TransferStage.REVERSED, "transfer-reversed");
        Refused.unless(original.stage() == TransferStage.POSTED, "transfer-not-posted");
        List<Leg> here = original.legs().stream().map(TransferBooks::opposite).toList();
        List<FarLeg> elsewhere = original.elsewhere().stream()
                .map(far -> new FarLeg(far.shard(), opposite(far.leg())))
                .toList();
        require(reverse.tenant(), here);
        begin(reverse.tenant(), reverse.id(), here, elsewhere, Optional.of(original.id()), "", line);
    }

    private void takeOut(TakeOut out) throws Refused {
        requireFresh(out.id());
        require(out.tenant(), out.legs());
        for (Leg leg : out.legs()) {
            LedgerBooks.requireExpect(ledger().account(out.tenant(), leg.account()), Math.abs(leg.amountMinor()));
        }
        List<Entry> entries = new ArrayList<>();
        for (Leg leg : out.legs()) {
            long amountMinor = leg.amountMinor();
            entries.add(move(leg.account(), Math.min(amountMinor, 0), 0, Math.abs(amountMinor)));
        }
        TransferStage stage = out.elsewhere().isEmpty() ? TransferStage.TAKEN : TransferStage.UNDER_WAY;
        deals.put(out.id(), new Deal(out.tenant(), out.id(), stage, out.legs(), out.elsewhere(), out.reverses(), 0, 0));
        mark(out.reverses(), TransferStage.REVERSING);
        books.add(new TakenOut(out.tenant(), out.id(), out.elsewhere(), out.reverses(), out.reference(), entries));
    }

    private void settle(String tenant, UUID id) throws Refused {
        Deal deal = open(id);
        switch (deal.stage()) {
            case RESERVING -> {
                deals.put(id, deal.at(TransferStage.RESERVED, 0));
                books.add(new Settled(tenant, id, TransferStage.RESERVED, List.of()));
            }
            case CONFIRMING -> {
                long takenMinor = deal.confirmingMinor();
                deals.put(id, deal.of(takenMinor).finished(TransferStage.POSTED));
                Entry entry = move(deal.legs().get(0).account(), 0, takenMinor - deal.amountMinor(), -takenMinor);
                books.add(new Settled(tenant, id, TransferStage.POSTED, List.of(entry)));
            }
            case UNDER_WAY, TAKEN -> {
                List<Entry> entries = new ArrayList<>();
                for (Leg leg : deal.legs()) {
                    entries.add(move(leg.account(), Math.max(leg.amountMinor(), 0), 0, -Math.abs(leg.amountMinor())));
                }
                boolean home = deal.stage() == TransferStage.UNDER_WAY;
                deals.put(id, home ? deal.finished(TransferStage.POSTED) : Deal.visited(id));
                mark(deal.reverses(), TransferStage.REVERSED);
                TransferStage stage = home ? TransferStage.POSTED : TransferStage.VISITED;
                books.add(new Settled(tenant, id, stage, entries));
            }
            default -> throw new Refused("transfer-unknown");
        }
    }

    private void giveBack(String tenant, UUID id) throws Refused {
        Deal deal = open(id);
        List<Entry> entries = new ArrayList<>();
        switch (deal.stage()) {
            case RESERVING -> {
                deals.remove(id);
                entries.add(move(deal.legs().get(0).account(), 0, -deal.amountMinor(), 0));
            }
            case CONFIRMING -> {
                long takenMinor = deal.confirmingMinor();
                deals.put(id, deal.at(TransferStage.RESERVED, 0));
                entries.add(move(deal.legs().get(0).account(), takenMinor, takenMinor, -takenMinor));
            }
            case UNDER_WAY, TAKEN -> {
                deals.remove(id);
                mark(deal.reverses(), TransferStage.POSTED);
                for (Leg leg : deal.legs()) {
                    entries.add(move(leg.account(), -Math.min(leg.amountMinor(), 0), 0, -Math.abs(leg.amountMinor())));
                }
            }
            default -> throw new Refused("transfer-unknown");
        }
        books.add(new Returned(tenant, id, deal.stage(), entries));
    }

    /** Ends a reservation without moving anything. */
    private List<Entry> release(Deal deal, TransferStage last) {
        deals.put(deal.id(), deal.finished(last));
        List<Entry> entries = new ArrayList<>();
        for (Leg leg : deal.legs()) {
            long amountMinor = leg.amountMinor();
            entries.add(move(leg.account(), 0, Math.min(amountMinor, 0), -Math.max(amountMinor, 0)));
        }
        for (FarLeg far : deal.elsewhere()) {
            books.send(far.shard(), new ReleaseExpected(deal.tenant(), deal.id()));
        }
        return entries;
    }

    /** The reservation, if it may be confirmed over an amount now. */
    private Deal reserved(String tenant, UUID id, long amountMinor, long nowMicros) throws Refused {
        Deal deal = deals.get(id);
        if (deal == null || !deal.isHome() || !deal.tenant().equals(tenant)) {
            throw new Refused("transfer-unknown");
        }
        switch (deal.stage()) {
            case RESERVED -> {}
            case RESERVING, CONFIRMING -> throw new Refused("transfer-under-way");
            case EXPIRED -> throw new Refused("transfer-expired");
            default -> throw new Refused("transfer-not-reserved");
        }
        Refused.unless(deal.expiresMicros() > nowMicros, "transfer-expired");
        Refused.unless(amountMinor <= deal.amountMinor(), "confirm-too-much");
        return deal;
    }

    private Deal expected(UUID id) throws Refused {
        Deal deal = open(id);
        Refused.unless(deal.stage() == TransferStage.EXPECTED, "transfer-unknown");
        return deal;
    }

    private Deal open(UUID id) throws Refused {
        Deal deal = deals.get(id);
        if (deal == null || !deal.isOpen()) {
            throw new Refused("transfer-unknown");
        }
        return deal;
    }

    private void requireFresh(UUID id) throws Refused {
        Refused.unless(!deals.containsKey(id), "transfer-exists");
    }

    /** Every leg's account can give or take its amount. */
    private void require(String tenant, List<Leg> legs) throws Refused {
        for (Leg leg : legs) {
            AccountView account = ledger().account(tenant, leg.account());
            Refused.unless(account.asset().equals(leg.asset()), "asset-mismatch");
            if (leg.amountMinor() < 0) {
                LedgerBooks.requireDebit(account, -leg.amountMinor());
            } else {
                LedgerBooks.requireCredit(account, leg.amountMinor());
            }
        }
    }

    private List<Entry> moveAll(List<Leg> legs) {
        List<Entry> entries = new ArrayList<>();
        for (Leg leg : legs) {
            entries.add(move(leg.account(), leg.amountMinor(), 0, 0));
        }
        return entries;
    }

    private Entry move(UUID account, long balanceMinor, long reservedMinor, long expectedMinor) {
        AccountView after = ledger().move(account, balanceMinor, reservedMinor, expectedMinor);
        return new Entry(
                account,
                after.asset(),
                balanceMinor,
                reservedMinor,
                expectedMinor,
                after.balanceMinor(),
                after.reservedMinor(),
                after.expectedMinor(),
                after.version());
    }

    private void finish(String tenant, UUID id, List<Leg> legs, Optional<UUID> reverses) {
        deals.put(
                id,
                new Deal(tenant, id, TransferStage.POSTED, legs, List.of(), reverses, 0, 0)
                        .finished(TransferStage.POSTED));
    }

    private void mark(Optional<UUID> id, TransferStage stage) {
        id.map(deals::get).ifPresent(deal -> deals.put(deal.id(), deal.at(stage, 0)));
    }

    private static List<Leg> legsOf(List<Entry> entries) {
        return entries.stream()
                .map(entry -> new Leg(entry.account(), entry.asset(), entry.balanceChangeMinor()))
                .toList();
    }

    private static Leg opposite(Leg leg) {
        return new Leg(leg.account(), leg.asset(), -leg.amountMinor());
    }

    private LedgerBooks ledger() {
        return books.ledger();
    }
}
