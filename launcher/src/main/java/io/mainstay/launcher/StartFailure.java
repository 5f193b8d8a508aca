package io.mainstay.launcher;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Why an application did not start, from the lines of the server's log. */
final class StartFailure {
    /** The server's message for an application that did not start. */
    private static final String APPLICATION_FAILED = "CWWKZ0002E";

    /** A setting that was refused, as the settings themselves say it: name, value, reason, range. */
    private static final Pattern SETTING = Pattern.compile("mainstay(\\.[a-z]+)+ is '.*' \\(.*\\); .* wanted");

    private StartFailure() {}

    /** Empty if the application did start or has not tried yet; else a refused setting, or the deepest cause named. */
    static Optional<String> in(List<String> log) {
        List<String> failure = log.stream()
                .dropWhile(line -> !line.contains(APPLICATION_FAILED))
                .takeWhile(line -> line.contains(APPLICATION_FAILED) || !line.startsWith("["))
                .toList();
        return failure.isEmpty() ? Optional.empty() : refusedSetting(log).or(() -> deepestCause(failure));
    }

    private static Optional<String> refusedSetting(List<String> log) {
        return log.stream()
                .flatMap(line -> SETTING.matcher(line).results())
                .map(MatchResult::group)
                .findFirst();
    }

    private static Optional<String> deepestCause(List<String> failure) {
        return failure.stream()
                .filter(line -> line.startsWith("Caused by:"))
                .reduce((first, second) -> second)
                .or(() -> failure.stream().findFirst());
    }
}
