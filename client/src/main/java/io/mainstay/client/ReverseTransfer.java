package io.mainstay.client;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Take a posted transfer back by a new one; that can be done once.
 *
 * @param id of the new one, given by the caller, or null to let the server choose
 */
public record ReverseTransfer(@Nullable UUID id, UUID original) implements Order<Posting> {
    public ReverseTransfer(UUID original) {
        this(null, original);
    }
}
