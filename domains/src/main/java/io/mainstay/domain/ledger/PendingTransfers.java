package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.StateMachine;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Transfers that are not finished, by id, and reservations in the order in which they expire. About 300 bytes each.
 *
 * <p>What a change replaces is kept for a while, so that a group can be undone.
 */
final class PendingTransfers {
    private final Map<UUID, Pending> byId = new HashMap<>();
    private final TreeSet<Pending> expiring =
            new TreeSet<>(Comparator.comparingLong(Pending::expiresMicros).thenComparing(Pending::id));

    /** What the latest changes have replaced, the newest last. */
    private final ArrayDeque<Pending> replaced = new ArrayDeque<>();

    int size() {
        return byId.size();
    }

    @Nullable
    Pending find(UUID id) {
        return byId.isEmpty() ? null : byId.get(id);
    }

    /** When the next reservation expires. */
    long dueMicros() {
        return expiring.isEmpty() ? StateMachine.NEVER : expiring.first().expiresMicros();
    }

    /** Reservations that have expired, those that did so first at the front. */
    List<Pending> expired(long nowMicros, int countMax) {
        return expiring.stream()
                .takeWhile(reservation -> reservation.expiresMicros() <= nowMicros)
                .limit(countMax)
                .toList();
    }

    /** By id, so that the order does not tell which came first. */
    List<Pending> sorted() {
        return byId.values().stream().sorted(Comparator.comparing(Pending::id)).toList();
    }

    void add(Pending fresh) {
        byId.put(fresh.id(), fresh);
        if (fresh.stage() == TransferStage.RESERVED) {
            expiring.add(fresh);
        }
    }

    /** Undoes {@link #add}. */
    void drop(UUID id) {
        Pending dropped = Objects.requireNonNull(byId.remove(id));
        expiring.remove(dropped);
    }

    /** Removes one that is there, and returns it. */
    Pending remove(UUID id) {
        Pending before = Objects.requireNonNull(byId.get(id));
        drop(id);
        replaced.addLast(before);
        if (replaced.size() > CommandGroup.COMMANDS_MAX) {
            replaced.removeFirst();
        }
        return before;
    }

    /** Puts another in place of the one with its id. */
    void replace(Pending next) {
        remove(next.id());
        add(next);
    }

    /** Undoes the last {@link #remove} or {@link #replace}, which was of this id, and returns what is there again. */
    Pending restore(UUID id) {
        if (byId.containsKey(id)) {
            drop(id);
        }
        Pending before = replaced.removeLast();
        add(before);
        return before;
    }
}
