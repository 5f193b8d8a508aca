package io.mainstay.api;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits of the API in time.
 *
 * <p>The defaults are here and not in {@code microprofile-config.properties}, because the server checks the injection
 * points of an EAR before it looks into the WAR.
 *
 * @param commandTimeout how long a caller waits for the outcome of a command, more than 0
 * @param readWait how long a read waits for the projection to catch up with the engine; 0 for not at all
 */
record ApiConfig(Duration commandTimeout, Duration readWait) {
    static final String COMMAND_TIMEOUT = "mainstay.command.timeout";
    static final String COMMAND_TIMEOUT_DEFAULT = "10s";
    static final String READ_WAIT = "mainstay.read.wait";
    static final String READ_WAIT_DEFAULT = "2s";

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

    ApiConfig {
        if (!commandTimeout.isPositive()) {
            throw new IllegalArgumentException(COMMAND_TIMEOUT + " is " + commandTimeout + ", more than 0 wanted");
        }
    }

    /** Reads durations with a unit: {@code 5ms}, {@code 2s}, {@code 1m}. */
    static ApiConfig of(String commandTimeout, String readWait) {
        return new ApiConfig(duration(COMMAND_TIMEOUT, commandTimeout), duration(READ_WAIT, readWait));
    }

    private static Duration duration(String key, String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(key + " is '" + text + "', a duration such as 5ms, 2s or 1m wanted");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }
}
