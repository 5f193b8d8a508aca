package io.mainstay.core.route;

import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says which shard knows an id, for any thread.
 *
 * <p>An id is <em>known</em> once its shard has executed what made it, and <em>claimed</em> while commands that would
 * make it are under way: all of them go to the shard of the first claim, so two shards never make the same id. Every
 * {@link #claim} is followed by one {@link #settle}.
 */
public final class Directory implements KnownIds {
    private static final int SHARD_BITS = 12;
    private static final int SHARD_MASK = (1 << SHARD_BITS) - 1;
    private static final int KNOWN = 1 << SHARD_BITS;
    private static final int CLAIM = 1 << (SHARD_BITS + 1);

    private final ConcurrentHashMap<UUID, Integer> entries = new ConcurrentHashMap<>();

    /** Claims an id for a shard and returns the shard that has it: the first claimant's. */
    public int claim(UUID id, int shard) {
        return entries.merge(id, shard + CLAIM, (entry, ignored) -> entry + CLAIM) & SHARD_MASK;
    }

    /** Ends one claim; an id that is neither known nor claimed any more is forgotten. */
    public void settle(UUID id) {
        entries.computeIfPresent(id, (key, entry) -> entry - CLAIM < KNOWN ? null : entry - CLAIM);
    }

    /** Records that the shard has the id. */
    @Override
    public void know(UUID id, int shard) {
        entries.merge(id, shard | KNOWN, (entry, fresh) -> (entry & ~SHARD_MASK) | fresh);
    }

    /** Records that the shard has the id no more; claims under way stay. */
    @Override
    public void forget(UUID id) {
        entries.computeIfPresent(id, (key, entry) -> entry < CLAIM ? null : entry & ~KNOWN);
    }

    /** The shard that knows the id; ids that are only claimed are not known. */
    public OptionalInt find(UUID id) {
        Integer entry = entries.get(id);
        return entry == null || (entry & KNOWN) == 0 ? OptionalInt.empty() : OptionalInt.of(entry & SHARD_MASK);
    }

    public int size() {
        return entries.size();
    }
}
