package io.mainstay.api;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moments of which a query asks.
 *
 * @param from the first
 * @param to behind the last
 */
record TimeRange(Instant from, Instant to) {
    static final String FROM = "from";
    static final String TO = "to";

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    /** All time without {@code from} and {@code to}; {@link ProblemException} if they are not proper. */
    static TimeRange of(MultivaluedMap<String, String> query) {
        Instant from = moment(FROM, query.getFirst(FROM), EARLIEST);
        Instant to = moment(TO, query.getFirst(TO), LATEST);
        if (to.isBefore(from)) {
            throw Requests.parameter(TO, "to is before from.");
        }
        return new TimeRange(from, to);
    }

    /** A time that a query names, in microseconds; {@link ProblemException} if it is none between 1970 and 9999. */
    static Instant time(String name, String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            // No time at all: told like one out of range.
        }
        throw Requests.parameter(
                name, name + " has to be a time of RFC 3339 from 1970 on, such as 2026-01-02T03:04:05.123456Z.");
    }

    private static Instant moment(String name, @Nullable String text, Instant ifAbsent) {
        return text == null ? ifAbsent : time(name, text);
    }
}
