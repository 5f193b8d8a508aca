package io.mainstay.projector;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what it is told. */
final class CountedMetrics implements ProjectionMetrics {
    final AtomicInteger transactions = new AtomicInteger();
    final AtomicInteger frames = new AtomicInteger();
    final AtomicInteger rows = new AtomicInteger();
    final AtomicInteger skipped = new AtomicInteger();
    final AtomicInteger delivered = new AtomicInteger();
    final AtomicInteger dropped = new AtomicInteger();
    final AtomicInteger orphans = new AtomicInteger();
    final AtomicInteger retries = new AtomicInteger();
    final AtomicInteger parked = new AtomicInteger();
    final AtomicInteger deadLetters = new AtomicInteger();
    final AtomicInteger damages = new AtomicInteger();
    final Map<Integer, Long> executedBefore = new ConcurrentHashMap<>();

    @Override
    public void projected(int shard, Progress progress) {
        transactions.incrementAndGet();
        frames.addAndGet(progress.frames());
        rows.addAndGet(progress.rows());
        executedBefore.put(shard, progress.executedBefore());
    }

    @Override
    public void skipped(int shard, int frames) {
        skipped.addAndGet(frames);
    }

    @Override
    public void delivered(int shard, long nextOffset) {
        delivered.incrementAndGet();
    }

    @Override
    public void dropped(int shard, int frames) {
        dropped.addAndGet(frames);
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
    public void parked(int shard, int events) {
        parked.addAndGet(events);
    }

    @Override
    public void deadLetters(int shard, int open) {
        deadLetters.set(open);
    }

    @Override
    public void damaged(int shard, boolean damaged) {
        damages.addAndGet(damaged ? 1 : -1);
    }
}
