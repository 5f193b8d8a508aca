package io.mainstay.launcher;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What {@code ./mainstay status} prints, for people or as JSON. */
record StatusReport(List<PartStatus> parts) {

    boolean isUp() {
        return parts.stream().allMatch(PartStatus::isUp);
    }

    String table() {
        return parts.stream()
                .map(part -> "%-11s %-9s %-10s %s"
                        .formatted(
                                part.name(),
                                state(part),
                                part.pid().isPresent() ? "pid " + part.pid().getAsLong() : "",
                                part.port().isPresent() ? "port " + part.port().getAsInt() : ""))
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"));
    }

    String json() {
        return parts.stream()
                .map(part -> "{\"name\":\"%s\",\"state\":\"%s\",\"pid\":%s,\"port\":%s}"
                        .formatted(part.name(), state(part), orNull(part.pid()), orNull(part.port())))
                .collect(Collectors.joining(",", "{\"up\":" + isUp() + ",\"parts\":[", "]}"));
    }

    private static String state(PartStatus part) {
        return part.state().name().toLowerCase(Locale.ROOT);
    }

    private static String orNull(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "null";
    }

    private static String orNull(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "null";
    }
}
