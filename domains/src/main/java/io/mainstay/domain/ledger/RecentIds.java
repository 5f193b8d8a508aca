package io.mainstay.domain.ledger;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The last ids of a kind, up to a fixed number; the oldest is forgotten first. */
final class RecentIds {
    private final int countMax;
    private final Set<UUID> known = new HashSet<>();
    private final ArrayDeque<UUID> oldestFirst = new ArrayDeque<>();

    RecentIds(int countMax) {
        this.countMax = countMax;
    }

    boolean contains(UUID id) {
        return known.contains(id);
    }

    void oldestFirst(Consumer<UUID> each) {
        oldestFirst.forEach(each);
    }

    void add(UUID id) {
        if (known.size() == countMax) {
            known.remove(oldestFirst.remove());
        }
        known.add(id);
        oldestFirst.add(id);
    }
}
