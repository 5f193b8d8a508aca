package io.mainstay.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the log of a shard, which callers know as {@code <shard>:<offset>}.
 *
 * @param offset of a command; -1 before the first
 */
record Position(int shard, long offset) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5}):([0-9]{1,14})");

    /** Empty if the text is no place. */
    static Optional<Position> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Position(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return shard + ":" + offset;
    }
}
