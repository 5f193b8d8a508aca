package io.mainstay.core.access;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a command's caller is told when it has become an event.
 *
 * @param event the type of the event
 * @param status of HTTP: 201 if something was made, else 200
 * @param sentence what the status means here, for people
 * @param location path below the version of the API where to read what was made; empty for none
 * @param <E> the event
 */
public record Answer<E>(
        Class<E> event,
        int status,
        String sentence,
        Document<Fact<E>> document,
        Optional<Function<E, String>> location) {
    /** Something was made, and is to be read there. */
    public static <E> Answer<E> created(
            Class<E> event, String sentence, Document<Fact<E>> document, Function<E, String> location) {
        return new Answer<>(event, 201, sentence, document, Optional.of(location));
    }

    /** Something was changed. */
    public static <E> Answer<E> done(Class<E> event, String sentence, Document<Fact<E>> document) {
        return new Answer<>(event, 200, sentence, document, Optional.empty());
    }
}
