package io.mainstay.core.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What the value of a field may be.
 *
 * @param <T> the type of a checked value
 */
public sealed interface FieldType<T> {
    /** A UUID in its form of 36 characters. */
    record Uuid() implements FieldType<UUID> {}

    /**
     * A text that can be stored everywhere, its length counted in UTF-16 units.
     *
     * @param pattern that all of it matches; empty for any text
     * @param wanted what the pattern asks for, behind "The field 'x'": {@code has to be 3 capital letters}
     */
    record Text(int lengthMin, int lengthMax, Optional<Pattern> pattern, String wanted) implements FieldType<String> {
        public Text {
            if (lengthMin < 0 || lengthMax < lengthMin) {
                throw new IllegalArgumentException("text of " + lengthMin + " to " + lengthMax + " characters");
            }
        }
    }

    /** A whole number, written without fraction and exponent. */
    record Whole(long min, long max) implements FieldType<Long> {}

    /** True or false. */
    record Truth() implements FieldType<Boolean> {}

    /** A list of objects, each with these fields. */
    record Parts(Fields fields, int countMin, int countMax) implements FieldType<List<Values>> {
        public Parts {
            if (countMin < 0 || countMax < countMin) {
                throw new IllegalArgumentException("list of " + countMin + " to " + countMax + " parts");
            }
        }
    }

    static FieldType<UUID> uuid() {
        return new Uuid();
    }

    /** A text of some length. */
    static FieldType<String> text(int lengthMin, int lengthMax) {
        return new Text(lengthMin, lengthMax, Optional.empty(), "");
    }

    /** A text that matches a pattern; see {@link Text}. */
    static FieldType<String> text(Pattern pattern, String wanted) {
        return new Text(0, Integer.MAX_VALUE, Optional.of(pattern), wanted);
    }

    static FieldType<Long> whole(long min, long max) {
        return new Whole(min, max);
    }

    static FieldType<Boolean> truth() {
        return new Truth();
    }

    static FieldType<List<Values>> parts(int countMin, int countMax, Field<?>... fields) {
        return new Parts(Fields.of(fields), countMin, countMax);
    }
}
