package io.mainstay.api;

import io.mainstay.core.gateway.ShardStatus;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How new a reading has to be, and how long its caller waits for that.
 *
 * @param after what the reading has to show; empty for what the engine had done when it was asked, if it comes in time
 */
record Freshness(Optional<Position> after, Duration waitMax) {
    static final String AFTER = "after";

    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?([0-9]{1,9})\"?", Pattern.CASE_INSENSITIVE);

    /**
     * What a request asks for; {@link ProblemException} if {@code after} is no place in the log of a shard that is there.
     *
     * @param waitMax at most; callers wait less by {@code Prefer: wait=<seconds>} of RFC 7240
     */
    static Freshness of(Exchange exchange, List<ShardStatus> shards, Duration waitMax) {
        return new Freshness(after(exchange, shards), wait(exchange.headers(), waitMax));
    }

    /** The place that a request wants to be past. */
    static Optional<Position> after(Exchange exchange, List<ShardStatus> shards) {
        String text = exchange.query().getFirst(AFTER);
        if (text == null) {
            return Optional.empty();
        }
        Position after = Position.parse(text)
                .orElseThrow(() -> Requests.parameter(
                        AFTER, "after has to be <shard>:<offset> of an answer, such as 2:57, of up to 14 digits."));
        if (shards.stream().noneMatch(status -> status.shard() == after.shard())) {
            throw Requests.parameter(
                    AFTER, "after names shard %d, and there are %d, from 0.".formatted(after.shard(), shards.size()));
        }
        return Optional.of(after);
    }

    /** Whether a reading is enough for this, if it is asked what the engine had done: whoever waits for nothing takes any. */
    boolean isMetBy(Projected.Reading reading, BooleanSupplier enough) {
        return after.isPresent() ? reading.projected().shows(after.get()) : waitMax.isZero() || enough.getAsBoolean();
    }

    private static Duration wait(HttpHeaders headers, Duration waitMax) {
        for (String preference : Requests.preferences(headers)) {
            Matcher wait = WAIT.matcher(preference);
            if (wait.matches()) {
                Duration wanted = Duration.ofSeconds(Long.parseLong(wait.group(1)));
                return wanted.compareTo(waitMax) < 0 ? wanted : waitMax;
            }
        }
        return waitMax;
    }
}
