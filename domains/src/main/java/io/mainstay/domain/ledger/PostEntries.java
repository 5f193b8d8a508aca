package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Move amounts between several accounts at once, all or nothing: of each asset, the legs add up to zero.
 *
 * @param legs 2 to 64, of different accounts; a leg without an asset takes that of its account, or, if it lives on another
 *     shard, the one that the legs of the deciding shard have in common
 * @param reference free text for people, up to 140 characters; empty if there is none
 */
public record PostEntries(String tenant, UUID id, List<Leg> legs, String reference) implements TransferCommand {
    public static final int LEGS_MIN = 2;
    public static final int LEGS_MAX = 64;

    public PostEntries {
        Checks.tenant(tenant);
        Checks.text("reference", reference, 0, PostTransfer.REFERENCE_LENGTH_MAX);
        legs = List.copyOf(legs);
        if (legs.size() < LEGS_MIN || legs.size() > LEGS_MAX) {
            throw new IllegalArgumentException(legs.size() + " legs, 2 to 64 wanted");
        }
    }

    @Override
    public Route route() {
        return new Route.Spanning(legs.stream().map(Leg::account).toList());
    }

    @Override
    public UUID leading() {
        return legs.get(0).account();
    }
}
