package io.mainstay.core.access;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A member of a {@link Document}.
 *
 * @param <T> what the document tells about
 */
public sealed interface Member<T> {
    Property property();

    /** A value; {@code null} only if the property is nullable. */
    record Value<T>(Property property, Function<T, @Nullable Object> of) implements Member<T> {}

    /** A whole number that is always there; for numbers on hot paths, because nothing is boxed. */
    record Whole<T>(Property property, ToLongFunction<T> of) implements Member<T> {}

    /** A list of documents. */
    record Parts<T, P>(Property property, Function<T, List<P>> of, Document<P> part) implements Member<T> {}

    /**
     * What callers are told about a member.
     *
     * @param example in the form of JSON; for a list it is made of its parts
     */
    record Property(String name, Kind kind, boolean nullable, String description, Object example) {}

    /** The kinds of values in documents. */
    enum Kind {
        UUID,
        TEXT,
        INTEGER,
        BOOLEAN,
        /** A point in time, UTC, up to microseconds. */
        TIME,
        SHARD,
        OFFSET,
        LIST
    }
}
