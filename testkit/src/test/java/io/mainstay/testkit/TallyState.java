package io.mainstay.testkit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was counted. */
class TallyState {
    final Map<String, Long> counts;
    final Map<String, Integer> versions = new TreeMap<>();
    final Map<String, Long> untilMicros = new TreeMap<>();

    /** For broken domains. */
    final Set<String> unordered = new HashSet<>();

    /** For broken domains: not in snapshots. */
    long forgotten;

    TallyState(Map<String, Long> counts) {
        this.counts = counts;
    }

    TallyState() {
        this(new TreeMap<>());
    }

    static TallyState unordered() {
        return new TallyState(new HashMap<>());
    }
}
