package io.mainstay.client;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An event that the server could not write to its database, or that waits behind such.
 *
 * @param target of the projection
 * @param position of the command that the event came from
 * @param index of the event among the command's
 * @param type of the event; empty if it cannot be read
 * @param state parked, queued, resolved or discarded
 * @param cause without a value of any row
 * @param rows keys of the rows that wait for it
 */
public record DeadLetter(
        UUID id,
        String target,
        Position position,
        int index,
        Instant eventAt,
        String domain,
        String type,
        String state,
        String cause,
        int retries,
        Instant createdAt,
        Instant updatedAt,
        List<String> rows) {
    public DeadLetter {
        rows = List.copyOf(rows);
    }
}
