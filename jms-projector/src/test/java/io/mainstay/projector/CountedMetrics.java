package io.mainstay.projector;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what it is told. */
final class CountedMetrics implements ProjectionMetrics {
    final AtomicInteger frames = new AtomicInteger();
    final AtomicInteger rows = new AtomicInteger();
    final AtomicInteger skipped = new AtomicInteger();
    final AtomicInteger orphans = new AtomicInteger();
    final AtomicInteger retries = new AtomicInteger();
    final AtomicInteger damages = new AtomicInteger();
    final Map<Integer, Long> executedBefore = new ConcurrentHashMap<>();

    @Override
    public void projected(int shard, int rowsProjected, long before, Duration transaction) {
        frames.incrementAndGet();
        rows.addAndGet(rowsProjected);
        executedBefore.put(shard, before);
    }

    @Override
    public void skipped(int shard) {
        skipped.incrementAndGet();
    }

    @Override
    public void orphaned(int shard) {
        orphans.incrementAndGet();
    }

    @Override
    public void retried(int shard) {
        retries.incrementAndGet();
    }

    @Override
    public void damaged(int shard) {
        damages.incrementAndGet();
    }
}
