package io.mainstay.domain.inventory;

import io.mainstay.core.domain.StateMachine;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Allocations that are open, by id, and reservations in the order in which they expire. */
final class OpenAllocations {
    private final Map<UUID, Allocation> byId = new HashMap<>();
    private final TreeSet<Allocation> expiring =
            new TreeSet<>(Comparator.comparingLong(Allocation::expiresMicros).thenComparing(Allocation::id));

    int size() {
        return byId.size();
    }

    @Nullable
    Allocation find(UUID id) {
        return byId.get(id);
    }

    /** When the next reservation expires. */
    long dueMicros() {
        return expiring.isEmpty() ? StateMachine.NEVER : expiring.first().expiresMicros();
    }

    /** Reservations that have expired, those that did so first at the front. */
    List<Allocation> expired(long nowMicros, int countMax) {
        return expiring.stream()
                .takeWhile(reservation -> reservation.expiresMicros() <= nowMicros)
                .limit(countMax)
                .toList();
    }

    /** By id, so that the order does not tell which came first. */
    List<Allocation> sorted() {
        return byId.values().stream()
                .sorted(Comparator.comparing(Allocation::id))
                .toList();
    }

    void add(Allocation opened) {
        byId.put(opened.id(), opened);
        if (opened.stage() == AllocationStage.RESERVED) {
            expiring.add(opened);
        }
    }

    void remove(UUID id) {
        expiring.remove(Objects.requireNonNull(byId.remove(id)));
    }
}
