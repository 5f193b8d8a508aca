package io.mainstay.client.cli;

import io.mainstay.client.Range;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A range of time. */
final class Period {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "the first moment, such as 2026-01-02T03:04:05Z; default: the beginning")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "behind the last moment; default: no end")
    private Optional<String> to = Optional.empty();

    /** {@link IllegalArgumentException} if it is none. */
    void check() {
        page(1, null);
    }

    /** One page of it. */
    Range page(int count, @Nullable String cursor) {
        return Range.all(count)
                .between(
                        from.map(text -> time("--from", text)).orElse(null),
                        to.map(text -> time("--to", text)).orElse(null))
                .at(cursor);
    }

    static Instant time(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    option + " is '" + text + "', a time such as 2026-01-02T03:04:05Z wanted", e);
        }
    }
}
