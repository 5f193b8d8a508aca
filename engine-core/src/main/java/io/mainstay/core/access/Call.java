package io.mainstay.core.access;

import org.jspecify.annotations.Nullable;

/**
 * What a caller has asked for, checked.
 *
 * @param tenant on whose behalf; empty for the default one
 * @param path the values in the path
 * @param values those of the body, or of the query
 */
public record Call(String tenant, Values path, Values values) {
    /** The value of a field that has one. */
    public <T> T get(Field<T> field) {
        return where(field).get(field);
    }

    /** The value of a field, or null if it was left out. */
    public <T> @Nullable T find(Field<T> field) {
        return where(field).find(field);
    }

    private Values where(Field<?> field) {
        return path.has(field) ? path : values;
    }
}
