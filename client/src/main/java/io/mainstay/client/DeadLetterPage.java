package io.mainstay.client;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some dead letters, by target, shard and place in the log.
 *
 * @param next the letter that the next page is behind; null on the last page
 */
public record DeadLetterPage(
        List<DeadLetter> letters, @Nullable UUID next) {
    public DeadLetterPage {
        letters = List.copyOf(letters);
    }
}
