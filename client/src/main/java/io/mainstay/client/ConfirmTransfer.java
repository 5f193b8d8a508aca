package io.mainstay.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Post a reserved transfer.
 *
 * @param amountMinor at most what is reserved, and the rest is released; null for all of it
 */
public record ConfirmTransfer(UUID transfer, @Nullable Long amountMinor) implements Order<Transfer> {
    public ConfirmTransfer(UUID transfer) {
        this(transfer, null);
    }
}
