package io.mainstay.projector;

import io.mainstay.core.deadletters.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of dead letters.
 *
 * @param event its bytes; null once the letter is closed
 * @param schemaVersion of the domain, that the bytes are written in
 */
@SuppressWarnings("ArrayRecordComponent")
record DeadLetterRow(
        DeadLetter letter,
        int domainId,
        int schemaVersion,
        byte @Nullable [] event,
        byte[] frameHash,
        String stack,
        @Nullable String closedBy,
        @Nullable String closedBecause) {}
