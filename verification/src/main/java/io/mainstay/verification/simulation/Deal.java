package io.mainstay.verification.simulation;

import io.mainstay.domain.ledger.FarLeg;
import io.mainstay.domain.ledger.LedgerState.TransferView;
import io.mainstay.domain.ledger.Leg;
import io.mainstay.domain.ledger.TransferStage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A transfer as a shard's books have it.
 *
 * @param legs here
 * @param elsewhere on other shards, if this is the transfer's home
 * @param reverses the transfer that it takes back
 * @param expiresMicros of a reservation, since the epoch; else 0
 * @param confirmingMinor what is being taken of a reservation
 */
record Deal(
        String tenant,
        UUID id,
        TransferStage stage,
        List<Leg> legs,
        List<FarLeg> elsewhere,
        Optional<UUID> reverses,
        long expiresMicros,
        long confirmingMinor) {
    /** Known here by its id alone: another shard's, and done with. */
    static Deal visited(UUID id) {
        return new Deal("", id, TransferStage.VISITED, List.of(), List.of(), Optional.empty(), 0, 0);
    }

    Deal at(TransferStage next, long nextConfirmingMinor) {
        return new Deal(tenant, id, next, legs, elsewhere, reverses, expiresMicros, nextConfirmingMinor);
    }

    /** Finished: of two legs here the debit stands first. */
    Deal finished(TransferStage last) {
        boolean swap = elsewhere.isEmpty()
                && legs.size() == 2
                && legs.get(0).amountMinor() > 0
                && legs.get(1).amountMinor() < 0;
        return new Deal(tenant, id, last, swap ? List.of(legs.get(1), legs.get(0)) : legs, elsewhere, reverses, 0, 0);
    }

    /** As if so much had been reserved. */
    Deal of(long amountMinor) {
        return new Deal(
                tenant,
                id,
                stage,
                legs.stream().map(leg -> scaled(leg, amountMinor)).toList(),
                elsewhere.stream()
                        .map(far -> new FarLeg(far.shard(), scaled(far.leg(), amountMinor)))
                        .toList(),
                reverses,
                expiresMicros,
                confirmingMinor);
    }

    /** Of a reservation. */
    long amountMinor() {
        return Math.abs(legs.get(0).amountMinor());
    }

    /** True if callers may speak of it here. */
    boolean isHome() {
        return switch (stage) {
            case TAKEN, EXPECTED, VISITED -> false;
            case UNDER_WAY, RESERVING, RESERVED, CONFIRMING, POSTED, REVERSING, REVERSED, CANCELLED, EXPIRED -> true;
        };
    }

    /** True if something may yet happen by itself, or has to be ended by somebody. */
    boolean isOpen() {
        return switch (stage) {
            case UNDER_WAY, RESERVING, RESERVED, CONFIRMING, TAKEN, EXPECTED -> true;
            case POSTED, REVERSING, REVERSED, CANCELLED, EXPIRED, VISITED -> false;
        };
    }

    long version() {
        return switch (stage) {
            case TAKEN, EXPECTED, VISITED -> 0;
            case UNDER_WAY, RESERVING, RESERVED, CONFIRMING -> 1;
            case POSTED, REVERSING, CANCELLED, EXPIRED -> 2;
            case REVERSED -> 3;
        };
    }

    TransferView view() {
        return new TransferView(tenant, id, stage, legs, elsewhere, expiresMicros);
    }

    private static Leg scaled(Leg leg, long amountMinor) {
        return new Leg(leg.account(), leg.asset(), leg.amountMinor() < 0 ? -amountMinor : amountMinor);
    }
}
