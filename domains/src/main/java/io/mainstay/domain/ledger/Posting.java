package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Several legs that are posted together: at once if all are here, else by a saga. This shard takes out its debits and expects
 * its credits, then the others do their part; if there is one other, it decides.
 */
final class Posting {
    private final LedgerState state;
    private final CommandContext context;
    private final String tenant;
    private final UUID id;
    private final Optional<UUID> reverses;
    private final String reference;
    private final List<Leg> here = new ArrayList<>();
    private final List<FarLeg> elsewhere = new ArrayList<>();

    private Posting(
            LedgerState state,
            CommandContext context,
            String tenant,
            UUID id,
            Optional<UUID> reverses,
            String reference) {
        this.state = state;
        this.context = context;
        this.tenant = tenant;
        this.id = id;
        this.reverses = reverses;
        this.reference = reference;
    }

    /** Decides legs of which the state knows nothing yet. */
    static Decision<LedgerEvent> decide(
            LedgerState state,
            CommandContext context,
            String tenant,
            UUID id,
            String reference,
            List<Leg> legs,
            Pointers pointers) {
        Posting posting = new Posting(state, context, tenant, id, Optional.empty(), reference);
        Rejection refused = posting.resolve(legs, pointers);
        return refused == null ? posting.decide() : Decision.reject(refused);
    }

    /** Decides the opposite of a transfer. */
    static Decision<LedgerEvent> reverse(
            LedgerState state, CommandContext context, UUID id, LedgerState.TransferView original) {
        Posting posting = new Posting(state, context, original.tenant(), id, Optional.of(original.id()), "");
        original.legs().forEach(leg -> posting.here.add(leg.reversed()));
        original.elsewhere()
                .forEach(far ->
                        posting.elsewhere.add(new FarLeg(far.shard(), far.leg().reversed())));
        Rejection refused = LegRules.check(state, original.tenant(), posting.here, leg -> leg, Pointers.NONE);
        return refused == null ? posting.decide() : Decision.reject(refused);
    }

    /** Sorts the legs by where they are, with the asset of each. */
    private @Nullable Rejection resolve(List<Leg> legs, Pointers pointers) {
        List<Integer> indexes = new ArrayList<>();
        String common = "";
        boolean isCommon = true;
        for (int index = 0; index < legs.size(); index++) {
            Leg leg = legs.get(index);
            for (int before = 0; before < index; before++) {
                if (legs.get(before).account().equals(leg.account())) {
                    return LedgerRefusal.ACCOUNT_REPEATED.because(
                            "Account " + leg.account() + " occurs twice.", pointers.account(index));
                }
            }
            if (context.shardOf(leg.account()) == context.shard()) {
                int row = state.find(tenant, leg.account());
                if (row == AccountTable.NONE) {
                    return Amounts.unknown(leg.account(), pointers.account(index));
                }
                String asset = leg.asset().isEmpty() ? state.assetOf(row) : leg.asset();
                isCommon &= common.isEmpty() || common.equals(asset);
                common = asset;
                indexes.add(index);
                here.add(new Leg(leg.account(), asset, leg.amountMinor()));
            }
        }
        Rejection refused = LegRules.check(state, tenant, here, indexes::get, pointers);
        if (refused != null) {
            return refused;
        }
        for (int index = 0; index < legs.size(); index++) {
            Leg leg = legs.get(index);
            int shard = context.shardOf(leg.account());
            if (shard != context.shard()) {
                if (leg.asset().isEmpty() && (!isCommon || common.isEmpty())) {
                    return LedgerRefusal.ASSET_REQUIRED.because(
                            "The leg of account " + leg.account() + " has to name its asset.", pointers.account(index));
                }
                String asset = leg.asset().isEmpty() ? common : leg.asset();
                elsewhere.add(new FarLeg(shard, new Leg(leg.account(), asset, leg.amountMinor())));
            }
        }
        return checkBalance(pointers);
    }

    private @Nullable Rejection checkBalance(Pointers pointers) {
        Map<String, BigInteger> sums = new HashMap<>();
        here.forEach(leg -> add(sums, leg));
        elsewhere.forEach(far -> add(sums, far.leg()));
        for (Leg leg : here) {
            BigInteger sum = sums.getOrDefault(leg.asset(), BigInteger.ZERO);
            if (sum.signum() != 0) {
                return unbalanced(leg.asset(), sum, pointers);
            }
        }
        for (FarLeg far : elsewhere) {
            BigInteger sum = sums.getOrDefault(far.leg().asset(), BigInteger.ZERO);
            if (sum.signum() != 0) {
                return unbalanced(far.leg().asset(), sum, pointers);
            }
        }
        return null;
    }

    /** Two legs of a transfer are each other's opposite, so they only differ by their assets. */
    private static Rejection unbalanced(String asset, BigInteger sum, Pointers pointers) {
        return pointers == Pointers.TRANSFER
                ? LedgerRefusal.ASSET_MISMATCH.because("The accounts hold different assets.", pointers.account(1))
                : LedgerRefusal.LEGS_UNBALANCED.because("The legs of " + asset + " add up to " + sum + ".", "/legs");
    }

    private static void add(Map<String, BigInteger> sums, Leg leg) {
        sums.merge(leg.asset(), BigInteger.valueOf(leg.amountMinor()), BigInteger::add);
    }

    private Decision<LedgerEvent> decide() {
        return elsewhere.isEmpty()
                ? Decision.accept(new EntriesPosted(tenant, id, reverses, reference, LegRules.posted(state, here)))
                : Decision.begin(new Saga(id, steps(), Saga.TIMEOUT_MICROS_DEFAULT));
    }

    private List<Saga.Step> steps() {
        Map<Integer, List<Leg>> byShard = new TreeMap<>();
        elsewhere.forEach(far ->
                byShard.computeIfAbsent(far.shard(), shard -> new ArrayList<>()).add(far.leg()));
        List<Saga.Step> steps = new ArrayList<>();
        steps.add(step(context.shard(), new TakeOut(tenant, id, here, elsewhere, reverses, reference)));
        if (byShard.size() == 1) {
            byShard.forEach((shard, legs) -> steps.add(Saga.Step.pivot(shard, new PutIn(tenant, id, legs))));
        } else {
            byShard.forEach((shard, legs) ->
                    steps.add(step(shard, new TakeOut(tenant, id, legs, List.of(), Optional.empty(), reference))));
        }
        return steps;
    }

    private Saga.Step step(int shard, TakeOut attempt) {
        return Saga.Step.compensable(shard, attempt, Optional.of(new Settle(tenant, id)), new Return(tenant, id));
    }
}
