package io.mainstay.core.access;

import io.mainstay.core.projection.Classification;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value that a request states: in its path, its query or its body. Told from others by itself, not by its name.
 *
 * @param <T> the type of the checked value
 */
public final class Field<T> {
    private final String name;
    private final FieldType<T> type;
    private final boolean required;
    private final @Nullable T ifAbsent;
    private final Optional<T> ifNull;
    private final String description;
    private final Object example;
    private final Classification classification;

    private Field(
            String name,
            FieldType<T> type,
            boolean required,
            @Nullable T ifAbsent,
            Optional<T> ifNull,
            String description,
            Object example,
            Classification classification) {
        this.name = name;
        this.type = type;
        this.required = required;
        this.ifAbsent = ifAbsent;
        this.ifNull = ifNull;
        this.description = description;
        this.example = example;
        this.classification = classification;
    }

    /**
     * A value that has to be there.
     *
     * @param example in the form of JSON: a text, a number, a truth value, a list or a map
     */
    public static <T> Field<T> required(String name, FieldType<T> type, String description, Object example) {
        return new Field<>(name, type, true, null, Optional.empty(), description, example, Classification.PUBLIC);
    }

    /** A value that may be left out, and is this one then. */
    public static <T> Field<T> optional(
            String name, FieldType<T> type, T ifAbsent, String description, Object example) {
        return new Field<>(name, type, false, ifAbsent, Optional.empty(), description, example, Classification.PUBLIC);
    }

    /** A value that may be left out, and is none then. */
    public static <T> Field<T> free(String name, FieldType<T> type, String description, Object example) {
        return new Field<>(name, type, false, null, Optional.empty(), description, example, Classification.PUBLIC);
    }

    /** The same field, but null is taken as this value. */
    public Field<T> orNull(T meaning) {
        return new Field<>(name, type, required, ifAbsent, Optional.of(meaning), description, example, classification);
    }

    /** The same field, but its values tell about a person. */
    public Field<T> personal() {
        return new Field<>(name, type, required, ifAbsent, ifNull, description, example, Classification.PERSONAL);
    }

    public String name() {
        return name;
    }

    public FieldType<T> type() {
        return type;
    }

    public boolean isRequired() {
        return required;
    }

    /** The value if the field is left out; null if there is none then. */
    public @Nullable T ifAbsent() {
        return ifAbsent;
    }

    /** The value that null stands for; empty if null is not taken. */
    public Optional<T> ifNull() {
        return ifNull;
    }

    public String description() {
        return description;
    }

    public Object example() {
        return example;
    }

    public Classification classification() {
        return classification;
    }

    @Override
    public String toString() {
        return name;
    }
}
