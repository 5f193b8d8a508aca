package io.mainstay.broker;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A broker URL completed with the client settings that the log needs and the URL does not state itself. */
final class LogUrl {

    private static final Map<String, String> PRESETS = new TreeMap<>(Map.of(
            // Acknowledged sends: the window that may be in flight before the broker confirms.
            "confirmationWindowSize", "16777216",
            // Back-pressure is the shard's own: it bounds the appends in flight.
            "producerWindowSize", "-1",
            // A batch stays an ordinary message in the journal; large messages halve the throughput.
            "minLargeMessageSize", "2097152",
            // Durability is awaited by completion, not by blocking the shard.
            "blockOnDurableSend", "false",
            // Recovery browses the log; with a window a browser ends early, without a word.
            "consumerWindowSize", "-1",
            "useGlobalPools", "true"));

    private LogUrl() {}

    static String of(String url) {
        String query = query(url);
        String missing = PRESETS.entrySet().stream()
                .filter(preset -> !query.contains(preset.getKey() + "="))
                .map(preset -> preset.getKey() + "=" + preset.getValue())
                .collect(Collectors.joining("&"));
        if (missing.isEmpty()) {
            return url;
        }
        return url + (query.isEmpty() ? "?" : "&") + missing;
    }

    /** What follows the question mark of the whole URL: those inside {@code (tcp://a?x,tcp://b?y)} are the members'. */
    private static String query(String url) {
        int start = url.indexOf('?', url.lastIndexOf(')') + 1);
        return start < 0 ? "" : url.substring(start);
    }
}
