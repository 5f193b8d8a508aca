package io.mainstay.core.deadletters;

import org.jspecify.annotations.Nullable;

/**
 * All that is told of one dead letter.
 *
 * @param stack where it failed: types and places of the program, no messages; empty if it waits behind another
 * @param event as JSON, personal data masked; null if it cannot be read, or is not kept because the letter is closed
 * @param frameHash SHA-256 of the log frame that tells the event, in hexadecimal digits
 * @param closedBy who discarded it; null if nobody has
 * @param closedBecause why; null if nobody has
 */
public record DeadLetterDetails(
        DeadLetter letter,
        String stack,
        @Nullable String event,
        String frameHash,
        @Nullable String closedBy,
        @Nullable String closedBecause) {}
