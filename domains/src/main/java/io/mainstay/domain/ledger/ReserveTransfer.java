package io.mainstay.domain.ledger;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/**
 * Set an amount aside for a transfer, which is confirmed or cancelled later, or expires: the one account's balance stays but
 * less of it is available, the other one expects it.
 *
 * @param reference free text for people, up to 140 characters; empty if there is none
 * @param expiryMicros how long the reservation holds, 1 ms to 366 days
 */
public record ReserveTransfer(
        String tenant, UUID id, UUID from, UUID to, long amountMinor, String reference, long expiryMicros)
        implements TransferCommand {
    public static final long EXPIRY_MICROS_MIN = 1000;
    public static final long EXPIRY_MICROS_MAX = 366L * 24 * 60 * 60 * 1_000_000;

    public ReserveTransfer {
        Checks.tenant(tenant);
        Fields.checkAmount(amountMinor);
        Checks.text("reference", reference, 0, PostTransfer.REFERENCE_LENGTH_MAX);
        if (expiryMicros < EXPIRY_MICROS_MIN || expiryMicros > EXPIRY_MICROS_MAX) {
            throw new IllegalArgumentException("expiryMicros is %d, %d to %d wanted"
                    .formatted(expiryMicros, EXPIRY_MICROS_MIN, EXPIRY_MICROS_MAX));
        }
    }

    @Override
    public Route route() {
        return new Route.Spanning(List.of(from, to));
    }

    @Override
    public UUID leading() {
        return from;
    }
}
