package io.mainstay.domain.inventory;

import io.mainstay.core.Invariants;
import io.mainstay.core.table.IdRing;
import java.util.UUID;

/** The latest allocations that are closed, up to a fixed number; the oldest is forgotten first. */
final class ClosedAllocations {
    static final long NONE = IdRing.NONE;

    /** Fewer than the rows of the ring, so that what one group forgets can be brought back. */
    static final int COUNT_MAX = (1 << 20) - 64 * 1000;

    private final IdRing ids = new IdRing();
    private byte[] stages = new byte[ids.rows()];
    private String[] tenants = new String[ids.rows()];

    /** The position of an allocation, or {@link #NONE}. */
    long find(UUID id) {
        return ids.find(id);
    }

    long oldest() {
        return ids.oldest();
    }

    long next() {
        return ids.next();
    }

    UUID id(long position) {
        return ids.id(position);
    }

    AllocationStage stage(long position) {
        return AllocationStage.of(stages[ids.row(position)]);
    }

    String tenant(long position) {
        return tenants[ids.row(position)];
    }

    void add(String tenant, UUID id, AllocationStage stage) {
        if (ids.size() == COUNT_MAX) {
            ids.removeOldest();
        }
        int before = ids.rows();
        long position = ids.add(id);
        if (ids.rows() != before) {
            stages = IdRing.twice(stages, new byte[ids.rows()], before);
            tenants = IdRing.twice(tenants, new String[ids.rows()], before);
        }
        stages[ids.row(position)] = (byte) stage.number();
        tenants[ids.row(position)] = tenant;
    }

    /** Takes the newest one back, which has to be this one, and puts the one back that went for it. */
    void removeNewest(UUID id) {
        Invariants.check(
                ids.find(id) == ids.next() - 1,
                "allocation at %d taken back, the newest is at %d",
                ids.find(id),
                ids.next() - 1);
        ids.removeNewest();
        if (ids.size() == COUNT_MAX - 1 && ids.oldest() > 0) {
            ids.restoreOldest();
        }
    }
}
