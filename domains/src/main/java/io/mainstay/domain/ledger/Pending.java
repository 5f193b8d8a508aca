package io.mainstay.domain.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A transfer, or a shard's part of one, that is not finished.
 *
 * @param legs on this shard, with the asset of each; of a reservation the debit first
 * @param elsewhere legs on other shards, if this shard is the transfer's home
 * @param expiresMicros of a reservation, since the epoch; else 0
 * @param confirmingMinor what is taken of a reservation that is {@link TransferStage#CONFIRMING}, else 0
 */
record Pending(
        String tenant,
        UUID id,
        TransferStage stage,
        List<Leg> legs,
        List<FarLeg> elsewhere,
        Optional<UUID> reverses,
        long expiresMicros,
        long confirmingMinor) {
    Pending at(TransferStage nextStage, long nextConfirmingMinor) {
        return new Pending(tenant, id, nextStage, legs, elsewhere, reverses, expiresMicros, nextConfirmingMinor);
    }

    /** Of a reservation. */
    long amountMinor() {
        return Math.abs(legs.get(0).amountMinor());
    }

    /** The same as if only a part had been reserved. */
    Pending reducedTo(long amountMinor) {
        return new Pending(
                tenant,
                id,
                stage,
                legs.stream().map(leg -> reduced(leg, amountMinor)).toList(),
                elsewhere.stream()
                        .map(far -> new FarLeg(far.shard(), reduced(far.leg(), amountMinor)))
                        .toList(),
                reverses,
                expiresMicros,
                confirmingMinor);
    }

    private static Leg reduced(Leg leg, long amountMinor) {
        return new Leg(leg.account(), leg.asset(), leg.isDebit() ? -amountMinor : amountMinor);
    }
}
