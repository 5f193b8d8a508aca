package io.mainstay.client;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a transfer is, after every order that was answered before.
 *
 * @param status posted, reserved, in-flight, cancelled, expired, reversing or reversed
 * @param expiresAt of a reservation
 */
public record TransferState(
        UUID id, String status, @Nullable Instant expiresAt, List<Leg> legs, Position position) {
    public TransferState {
        legs = List.copyOf(legs);
    }
}
