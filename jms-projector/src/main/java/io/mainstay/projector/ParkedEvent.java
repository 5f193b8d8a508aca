package io.mainstay.projector;

import io.mainstay.core.deadletters.DeadLetter.State;
import io.mainstay.core.projection.LogPlace;
import java.util.Collection;
import java.util.List;

/**
 * An event that becomes a dead letter.
 *
 * @param state parked or queued
 * @param domainId number of its domain
 * @param schemaVersion of the domain, that the bytes are written in
 * @param type of the event; empty if its bytes cannot be read
 * @param keys of the rows that wait for it
 * @param frameHash SHA-256 of the frame that tells it
 */
@SuppressWarnings("ArrayRecordComponent")
record ParkedEvent(
        LogPlace place,
        State state,
        int domainId,
        String domain,
        int schemaVersion,
        String type,
        Collection<String> keys,
        byte[] bytes,
        byte[] frameHash,
        Cause cause) {
    ParkedEvent {
        keys = List.copyOf(keys);
    }
}
