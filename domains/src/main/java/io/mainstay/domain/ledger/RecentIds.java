package io.mainstay.domain.ledger;

import io.mainstay.core.Invariants;
import io.mainstay.core.table.IdRing;
import java.util.UUID;
import java.util.function.Consumer;

/** The last ids of a kind, up to a fixed number; the oldest is forgotten first. */
final class RecentIds {
    private final int countMax;
    private final IdRing ids = new IdRing();

    RecentIds(int countMax) {
        this.countMax = countMax;
    }

    /** Brings near what {@link #contains} will read; see {@link IdRing#touch}. */
    long touch(UUID id) {
        return ids.touch(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    boolean contains(UUID id) {
        return ids.find(id) != IdRing.NONE;
    }

    void oldestFirst(Consumer<UUID> each) {
        for (long position = ids.oldest(); position < ids.next(); position++) {
            each.accept(ids.id(position));
        }
    }

    /** Takes back the newest id, which has to be this one, and puts the one back that went for it. */
    void removeNewest(UUID id) {
        Invariants.check(
                ids.find(id) == ids.next() - 1,
                "id at %d taken back, the newest is at %d",
                ids.find(id),
                ids.next() - 1);
        ids.removeNewest();
        if (ids.size() == countMax - 1 && ids.oldest() > 0) {
            ids.restoreOldest();
        }
    }

    /** Adds an id that is not there. */
    void add(UUID id) {
        if (ids.size() == countMax) {
            ids.removeOldest();
        }
        ids.add(id);
    }
}
