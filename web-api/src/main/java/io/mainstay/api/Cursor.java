package io.mainstay.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page ended, as a text that callers hand back and need not understand. */
final class Cursor {
    private static final Pattern ORDER = Pattern.compile("v1:([0-9]{1,18})");
    private static final Pattern MOMENT = Pattern.compile("t1:([0-9]{1,18}):([0-9a-f-]{36})");
    private static final Pattern STATEMENT = Pattern.compile("s1:([0-9]{1,18}):([0-9]{1,18})");

    private Cursor() {}

    /**
     * The last row of a page in order of time.
     *
     * @param key tells it from rows of the same time
     */
    record Moment(Instant time, UUID key) {
        String text() {
            return encoded("t1:%d:%s".formatted(ChronoUnit.MICROS.between(Instant.EPOCH, time), key));
        }

        /** Empty if the text is no cursor of ours. */
        static Optional<Moment> of(String cursor) {
            Matcher parts = MOMENT.matcher(decoded(cursor));
            return parts.matches()
                    ? Uuids.parse(parts.group(2))
                            .map(key -> new Moment(
                                    Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS), key))
                    : Optional.empty();
        }
    }

    /**
     * The last row of a page of a statement, and the last row of the statement, both by their place in order.
     *
     * @param closing above {@code last}
     */
    record Within(long last, long closing) {
        String text() {
            return encoded("s1:%d:%d".formatted(last, closing));
        }

        /** Empty if the text is no cursor of ours. */
        static Optional<Within> of(String cursor) {
            Matcher parts = STATEMENT.matcher(decoded(cursor));
            return parts.matches()
                    ? Optional.of(new Within(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
                    : Optional.empty();
        }
    }

    static String of(long versionBefore) {
        return encoded("v1:" + versionBefore);
    }

    /** The version, or empty if the text is no cursor of ours. */
    static OptionalLong versionBefore(String cursor) {
        Matcher version = ORDER.matcher(decoded(cursor));
        return version.matches() ? OptionalLong.of(Long.parseLong(version.group(1))) : OptionalLong.empty();
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
