package io.mainstay.core.deadletters;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An event that is not in a target's rows yet, or never will be.
 *
 * @param target of the projection
 * @param offset of the command that the event came from, in the shard's log
 * @param index of the event among the command's
 * @param eventAt when it became a fact
 * @param domain name of the domain that decided it
 * @param type of the event; empty if its bytes cannot be read
 * @param rows that it would have changed: {@code accounts id=…}; {@code * …} for every row with the id in its key
 * @param cause why it is here, without a value of any row
 * @param retries how often it was tried again
 * @param updatedAt when it came to its state, or was last tried again
 */
public record DeadLetter(
        UUID id,
        String target,
        int shard,
        long offset,
        int index,
        Instant eventAt,
        String domain,
        String type,
        List<String> rows,
        State state,
        String cause,
        int retries,
        Instant createdAt,
        Instant updatedAt) {
    public DeadLetter {
        rows = List.copyOf(rows);
    }

    /** What became of it. */
    public enum State {
        /** It failed by itself. */
        PARKED,
        /** It waits behind an earlier one that touches a row of its. */
        QUEUED,
        /** A retry has brought its rows. */
        RESOLVED,
        /** An operator has passed it over. */
        DISCARDED;

        /** True as long as later events of its rows have to wait. */
        public boolean isOpen() {
            return this == PARKED || this == QUEUED;
        }
    }
}
