package io.mainstay.core.route;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.table.IdTable;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Predicate;

/**
 * Says which shard knows an id, for any thread.
 *
 * <p>An id is <em>known</em> once its shard has executed what made it, and <em>claimed</em> while commands that would
 * make it are under way: the first claimant's shard has it, so two shards never make the same id. Every {@link #claim}
 * is followed by one {@link #settle}.
 *
 * <p>Hot: a look-up for each aggregate of a command; none allocates, and {@link #find} takes a lock only if the part of the
 * directory it looks at is being changed at that moment.
 */
public final class Directory implements KnownIds {
    private static final int SHARD_BITS = 12;
    private static final int SHARD_MASK = (1 << SHARD_BITS) - 1;
    private static final int KNOWN = 1 << SHARD_BITS;

    /** An entry is the shard, the mark that it is known, and above them the number of claims. */
    private static final int CLAIM = 1 << (SHARD_BITS + 1);

    /** Ids are spread over so many parts, each with a lock of its own. */
    private static final int PARTS = 64;

    private final Part[] parts = new Part[PARTS];

    /** Some of the ids. */
    private static final class Part {
        private final StampedLock lock = new StampedLock();
        private final IdTable ids = new IdTable();
    }

    public Directory() {
        Arrays.setAll(parts, part -> new Part());
    }

    /** Claims an id for a shard and returns the shard that has it: the first claimant's. */
    public int claim(UUID id, int shard) {
        Part part = part(id);
        long stamp = part.lock.writeLock();
        try {
            int entry = part.ids.get(id);
            int claimed = (entry == IdTable.NONE ? shard : entry) + CLAIM;
            part.ids.put(id, claimed);
            return claimed & SHARD_MASK;
        } finally {
            part.lock.unlockWrite(stamp);
        }
    }

    /** Ends one claim; an id that is neither known nor claimed any more is forgotten. */
    public void settle(UUID id) {
        Part part = part(id);
        long stamp = part.lock.writeLock();
        try {
            int entry = part.ids.get(id);
            if (entry != IdTable.NONE) {
                keep(part.ids, id, entry - CLAIM);
            }
        } finally {
            part.lock.unlockWrite(stamp);
        }
    }

    /**
     * Records that the shard has the id. Throws {@link EngineException} FATAL if another shard has it: it must never be
     * made twice.
     */
    @Override
    public void know(UUID id, int shard) {
        Part part = part(id);
        int entry;
        long stamp = part.lock.writeLock();
        try {
            entry = part.ids.get(id);
            if (entry == IdTable.NONE || (entry & KNOWN) == 0 || (entry & SHARD_MASK) == shard) {
                int claims = entry == IdTable.NONE ? 0 : entry & ~SHARD_MASK;
                part.ids.put(id, claims | KNOWN | shard);
                return;
            }
        } finally {
            part.lock.unlockWrite(stamp);
        }
        throw new EngineException(
                Severity.FATAL,
                "aggregate %s lives on shard %d, and shard %d holds it too".formatted(id, entry & SHARD_MASK, shard));
    }

    @Override
    public void retain(int shard, Predicate<UUID> held) {
        for (Part part : parts) {
            long stamp = part.lock.writeLock();
            try {
                part.ids.replaceAll((high, low, entry) ->
                        (entry & SHARD_MASK) != shard || (entry & KNOWN) == 0 || held.test(new UUID(high, low))
                                ? entry
                                : unknown(entry));
            } finally {
                part.lock.unlockWrite(stamp);
            }
        }
    }

    /** The shard that knows the id; ids that are only claimed are not known. */
    public OptionalInt find(UUID id) {
        Part part = part(id);
        long stamp = part.lock.tryOptimisticRead();
        int entry = part.ids.get(id);
        if (!part.lock.validate(stamp)) {
            stamp = part.lock.readLock();
            try {
                entry = part.ids.get(id);
            } finally {
                part.lock.unlockRead(stamp);
            }
        }
        return entry == IdTable.NONE || (entry & KNOWN) == 0 ? OptionalInt.empty() : OptionalInt.of(entry & SHARD_MASK);
    }

    public int size() {
        int size = 0;
        for (Part part : parts) {
            long stamp = part.lock.readLock();
            try {
                size += part.ids.size();
            } finally {
                part.lock.unlockRead(stamp);
            }
        }
        return size;
    }

    /** An entry without the mark that it is known. */
    private static int unknown(int entry) {
        int claims = entry & ~KNOWN;
        return claims < KNOWN ? IdTable.NONE : claims;
    }

    /** Leaves an entry out that is neither known nor claimed. */
    private static void keep(IdTable part, UUID id, int entry) {
        if (entry < KNOWN) {
            part.remove(id);
        } else {
            part.put(id, entry);
        }
    }

    /** By bits that do not decide an id's place within its part. */
    private Part part(UUID id) {
        long mixed = (id.getMostSignificantBits() + id.getLeastSignificantBits()) * 0xBF58476D1CE4E5B9L;
        return parts[(int) (mixed >>> 58)];
    }
}
