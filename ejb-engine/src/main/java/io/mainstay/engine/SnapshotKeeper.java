package io.mainstay.engine;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.shard.ShardReplica;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotStore;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes the shards' snapshots on a thread of its own, one shard at a time, and keeps the broker's log short.
 *
 * <p>The two newest snapshots are kept. The log goes to the archive up to the older one, so that a damaged newest snapshot
 * costs a longer replay and nothing else.
 */
public final class SnapshotKeeper implements Runnable {
    private static final Logger LOG = Logger.getLogger(SnapshotKeeper.class.getName());
    private static final int SNAPSHOTS_KEPT = 2;
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final EngineConfig config;
    private final Domains domains;
    private final Supplier<List<ShardStatus>> shards;
    private final IntFunction<ShardFiles> files;
    private final IntFunction<RetainedLog> logs;
    private final long[] offsets;
    private final long[] nanos;
    private final Pause pause = new Pause();

    public SnapshotKeeper(
            EngineConfig config,
            Domains domains,
            Supplier<List<ShardStatus>> shards,
            IntFunction<ShardFiles> files,
            IntFunction<RetainedLog> logs) {
        this.config = config;
        this.domains = domains;
        this.shards = shards;
        this.files = files;
        this.logs = logs;
        this.offsets = new long[config.shards()];
        this.nanos = new long[config.shards()];
    }

    /** Ends {@link #run}. */
    public void stop() {
        pause.end();
    }

    @Override
    public void run() {
        for (int shard = 0; shard < config.shards(); shard++) {
            offsets[shard] = newestOffset(files.apply(shard).snapshots());
            nanos[shard] = System.nanoTime();
        }
        while (pause.sleep(LOOK_NANOS)) {
            for (ShardStatus shard : shards.get()) {
                if (!pause.hasEnded() && shard.phase().isRunning() && isDue(shard)) {
                    keep(shard.shard());
                }
            }
        }
    }

    /** Takes a snapshot of a shard now, and lets the log go that is not needed any more. */
    public void keep(int shard) {
        nanos[shard] = System.nanoTime();
        try {
            ShardFiles own = files.apply(shard);
            RetainedLog log = logs.apply(shard);
            long startNanos = System.nanoTime();
            SnapshotId taken = ShardReplica.build(shard, config.shard(shard), domains, own.snapshots(), log)
                    .save(own.snapshots());
            offsets[shard] = taken.offset();
            own.snapshots().retain(SNAPSHOTS_KEPT);
            long gone = truncate(own, log);
            LOG.info(() -> "shard %d: snapshot at offset %d taken in %d ms; %d frames went to the archive"
                    .formatted(shard, taken.offset(), (System.nanoTime() - startNanos) / 1_000_000, gone));
        } catch (EngineException degraded) {
            if (pause.hasEnded()) {
                LOG.info(() -> "shard " + shard + ": the snapshot was broken off because the server stops");
                return;
            }
            LOG.log(
                    Level.SEVERE,
                    degraded,
                    () -> "shard %d: no snapshot, the log stays longer: %s".formatted(shard, degraded.getMessage()));
        }
    }

    private static long truncate(ShardFiles own, RetainedLog log) {
        List<SnapshotId> kept = own.snapshots().list();
        if (kept.size() < SNAPSHOTS_KEPT) {
            return 0;
        }
        try (FileLogArchive.Segment segment = own.archive().open()) {
            return log.truncate(kept.get(SNAPSHOTS_KEPT - 1).sequence(), segment::append, segment::sync);
        }
    }

    private boolean isDue(ShardStatus shard) {
        long commands = shard.nextOffset() - offsets[shard.shard()];
        return config.snapshots().isDue(commands, Duration.ofNanos(System.nanoTime() - nanos[shard.shard()]));
    }

    private static long newestOffset(SnapshotStore snapshots) {
        List<SnapshotId> all = snapshots.list();
        return all.isEmpty() ? 0 : all.get(0).offset();
    }
}
