package io.mainstay.client.cli;

import org.jspecify.annotations.Nullable;

/** A lowest or highest balance as the command line states it. */
final class Limit {
    static final String NONE = "none";
    static final String LABEL = "MINOR|" + NONE;

    private Limit() {}

    /** Minor units; null for no limit. */
    static @Nullable Long of(String option, String text) {
        if (NONE.equals(text)) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " is '" + text + "', a whole number or " + NONE + " wanted", e);
        }
    }
}
