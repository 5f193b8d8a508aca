package io.mainstay.api;

import io.mainstay.core.config.ConfigKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The limits of the API in time. Each field is described by its key. */
record ApiConfig(Duration commandTimeout, Duration readWait) {
    private static final ConfigKey<Duration> COMMAND_TIMEOUT = ConfigKey.duration(
            "mainstay.command.timeout",
            "10s",
            "1ms",
            "10m",
            "How long a caller waits for the outcome of a command before the answer is 504.");
    private static final ConfigKey<Duration> READ_WAIT = ConfigKey.duration(
            "mainstay.read.wait",
            "2s",
            "0ms",
            "1m",
            "How long a read of PostgreSQL waits for the projection to catch up with the engine; 0ms for not at all.");

    /** Every setting of the API, for the reference. */
    static final List<ConfigKey<?>> KEYS = List.of(COMMAND_TIMEOUT, READ_WAIT);

    /** {@code source} gives the text of a setting by its name. */
    static ApiConfig from(Function<String, Optional<String>> source) {
        return new ApiConfig(COMMAND_TIMEOUT.read(source), READ_WAIT.read(source));
    }
}
