package io.mainstay.core.quota;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** How many aggregates each tenant has on each shard, for any thread. */
public final class StoredCounts {
    private final AtomicReferenceArray<Map<String, Long>> byShard;

    public StoredCounts(int shards) {
        byShard = new AtomicReferenceArray<>(shards);
        for (int shard = 0; shard < shards; shard++) {
            byShard.set(shard, new ConcurrentHashMap<>());
        }
    }

    /** The shard has read its log: this is what it holds. */
    public void recovered(int shard, Map<String, Long> counts) {
        byShard.set(shard, new ConcurrentHashMap<>(counts));
    }

    void add(int shard, String tenant, long count) {
        byShard.get(shard).merge(tenant, count, Long::sum);
    }

    /** Over all shards. */
    long of(String tenant) {
        long sum = 0;
        for (int shard = 0; shard < byShard.length(); shard++) {
            sum += byShard.get(shard).getOrDefault(tenant, 0L);
        }
        return sum;
    }
}
