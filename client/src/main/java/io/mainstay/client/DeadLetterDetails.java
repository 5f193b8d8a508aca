package io.mainstay.client;

import org.jspecify.annotations.Nullable;

/**
 * All about a dead letter.
 *
 * @param event as JSON, personal data masked; null if it cannot be read or the letter is closed
 * @param discardedBy null if nobody has discarded it
 * @param discardedBecause null if nobody has discarded it
 * @param stack where in the server it failed
 */
public record DeadLetterDetails(
        DeadLetter letter,
        String frameHash,
        Change.@Nullable Recorded event,
        @Nullable String discardedBy,
        @Nullable String discardedBecause,
        String stack) {}
