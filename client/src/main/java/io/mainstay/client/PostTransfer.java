package io.mainstay.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Move an amount from one account to another.
 *
 * @param id given by the caller, or null to let the server choose
 * @param amountMinor in minor units of the accounts' asset, at least 1
 * @param reference free text for people; empty if there is none
 */
public record PostTransfer(@Nullable UUID id, UUID from, UUID to, long amountMinor, String reference)
        implements Order<Transfer> {
    public PostTransfer(UUID from, UUID to, long amountMinor) {
        this(null, from, to, amountMinor, "");
    }

    public PostTransfer as(UUID chosen) {
        return new PostTransfer(chosen, from, to, amountMinor, reference);
    }

    public PostTransfer saying(String text) {
        return new PostTransfer(id, from, to, amountMinor, text);
    }
}
