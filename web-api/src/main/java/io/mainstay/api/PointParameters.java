package io.mainstay.api;

import io.mainstay.core.log.LogPoint;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The moment of the log that a query names. */
final class PointParameters {
    /** The offset of the last command that is in the reading. */
    static final String AT = "at";

    /** The last moment that is in the reading. */
    static final String AS_OF = "asOf";

    private static final Pattern OFFSET = Pattern.compile("[0-9]{1,14}");

    private PointParameters() {}

    /** Behind the offset or the time; empty if the query names none. {@link ProblemException} if it is not proper. */
    static Optional<LogPoint> of(MultivaluedMap<String, String> query) {
        String at = query.getFirst(AT);
        String asOf = query.getFirst(AS_OF);
        if (at != null && asOf != null) {
            throw Requests.parameter(AS_OF, "Only one of at and asOf can be named.");
        }
        if (at != null) {
            return Optional.of(LogPoint.atOffset(offset(AT, at) + 1));
        }
        return asOf == null ? Optional.empty() : Optional.of(LogPoint.atTime(micros(asOf) + 1));
    }

    /** An offset that a query names; 0 without it. */
    static long offset(String name, @Nullable String text) {
        if (text == null) {
            return 0;
        }
        if (!OFFSET.matcher(text).matches()) {
            throw Requests.parameter(name, name + " has to be an offset: a whole number of up to 14 digits.");
        }
        return Long.parseLong(text);
    }

    private static long micros(String text) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, TimeRange.time(AS_OF, text));
    }
}
