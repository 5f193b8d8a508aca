package io.mainstay.core.access;

import org.jspecify.annotations.Nullable;

/** The checked values of an object's fields. */
public final class Values {
    private final Fields fields;
    private final @Nullable Object[] values;

    /**
     * Holds values as they are; they are not copied.
     *
     * @param values one for each field, of the type that the field states, or null where there is none
     */
    public Values(Fields fields, @Nullable Object[] values) {
        if (values.length != fields.size()) {
            throw new IllegalArgumentException(values.length + " values for " + fields.size() + " fields");
        }
        this.fields = fields;
        this.values = values;
    }

    /** The value of a field that has one. */
    public <T> T get(Field<T> field) {
        T value = find(field);
        if (value == null) {
            throw new IllegalStateException("the field '" + field + "' has no value");
        }
        return value;
    }

    /** The value of a field, or null if it was left out. */
    @SuppressWarnings("unchecked")
    public <T> @Nullable T find(Field<T> field) {
        int index = fields.indexOf(field);
        if (index == Fields.NONE) {
            throw new IllegalArgumentException("the request has no such field '" + field + "'");
        }
        return (T) values[index];
    }

    boolean has(Field<?> field) {
        return fields.indexOf(field) != Fields.NONE;
    }
}
