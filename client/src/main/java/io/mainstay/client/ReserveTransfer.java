package io.mainstay.client;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Set an amount aside for a transfer, until it is confirmed or cancelled, or expires.
 *
 * @param id given by the caller, or null to let the server choose
 * @param amountMinor in minor units of the accounts' asset, at least 1
 * @param reference free text for people; empty if there is none
 * @param expiresIn in whole milliseconds, at least one; null for a day
 */
public record ReserveTransfer(
        @Nullable UUID id,
        UUID from,
        UUID to,
        long amountMinor,
        String reference,
        @Nullable Duration expiresIn) implements Order<Transfer> {
    public ReserveTransfer(UUID from, UUID to, long amountMinor) {
        this(null, from, to, amountMinor, "", null);
    }

    public ReserveTransfer as(UUID chosen) {
        return new ReserveTransfer(chosen, from, to, amountMinor, reference, expiresIn);
    }

    public ReserveTransfer saying(String text) {
        return new ReserveTransfer(id, from, to, amountMinor, text, expiresIn);
    }

    public ReserveTransfer expiringIn(Duration time) {
        return new ReserveTransfer(id, from, to, amountMinor, reference, time);
    }
}
