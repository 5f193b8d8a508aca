package io.mainstay.engine;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.shard.ShardReplica;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the shards' snapshots on a thread of its own, one shard at a time, and keeps the broker's log short.
 *
 * <p>The two newest snapshots are kept. The log goes to the archive up to the older one, so that a damaged newest snapshot
 * costs a longer replay and nothing else.
 */
public final class SnapshotKeeper implements Runnable {
    private static final Logger LOG = Logger.getLogger(SnapshotKeeper.class.getName());
    private static final int SNAPSHOTS_KEPT = 2;
    private static final int TASKS_MAX = 16;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final EngineConfig config;
    private final ArchiveConfig archiving;
    private final Domains domains;
    private final Supplier<List<ShardStatus>> shards;
    private final IntFunction<ShardFiles> files;
    private final IntFunction<RetainedLog> logs;
    private final long[] offsets;
    private final long[] reached;
    private final long[] nanos;
    private final double[] commandsPerSecond;
    /** At most one request a shard: who asks while one waits gets the same answer. */
    private final AtomicReferenceArray<@Nullable CompletableFuture<SnapshotId>> requests;

    /** What operators want done between two snapshots. */
    private final BlockingQueue<Task<?>> tasks = new ArrayBlockingQueue<>(TASKS_MAX);

    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean stopping;

    /** With the archive's usual settings. */
    public SnapshotKeeper(
            EngineConfig config,
            Domains domains,
            Supplier<List<ShardStatus>> shards,
            IntFunction<ShardFiles> files,
            IntFunction<RetainedLog> logs) {
        this(config, ArchiveConfig.DEFAULT, domains, shards, files, logs);
    }

    public SnapshotKeeper(
            EngineConfig config,
            ArchiveConfig archiving,
            Domains domains,
            Supplier<List<ShardStatus>> shards,
            IntFunction<ShardFiles> files,
            IntFunction<RetainedLog> logs) {
        this.config = config;
        this.archiving = archiving;
        this.domains = domains;
        this.shards = shards;
        this.files = files;
        this.logs = logs;
        this.offsets = new long[config.shards()];
        this.reached = new long[config.shards()];
        this.nanos = new long[config.shards()];
        this.commandsPerSecond = new double[config.shards()];
        this.requests = new AtomicReferenceArray<>(config.shards());
    }

    /** Ends {@link #run}; requests that wait fail. */
    public void stop() {
        stopping = true;
        wakeUps.release();
    }

    /**
     * Asks for a snapshot of a shard, from any thread. The answer comes from the keeper's thread: the snapshot's name, or
     * an {@link EngineException}.
     */
    public CompletableFuture<SnapshotId> request(int shard) {
        CompletableFuture<SnapshotId> request =
                requests.updateAndGet(shard, waiting -> waiting == null ? new CompletableFuture<>() : waiting);
        wakeUps.release();
        if (stopping) {
            refuseRequests();
        }
        return request.copy();
    }

    /**
     * Has something done on the keeper's thread, so that neither snapshots nor archive change under it; from any thread.
     * Fails with {@link EngineException} RETRY if too much waits already or the keeper stops.
     */
    <R> CompletableFuture<R> ask(Supplier<R> work) {
        Task<R> task = new Task<>(work, new CompletableFuture<>());
        if (!tasks.offer(task)) {
            task.refuse("%d things wait to be done with the logs already; ask again later".formatted(TASKS_MAX));
        }
        wakeUps.release();
        if (stopping) {
            refuseRequests();
        }
        return task.answer().copy();
    }

    boolean isStopping() {
        return stopping;
    }

    @Override
    public void run() {
        for (int shard = 0; shard < config.shards(); shard++) {
            offsets[shard] = newestOffset(files.apply(shard).snapshots());
            nanos[shard] = System.nanoTime();
        }
        while (!stopping) {
            look();
            answerRequests();
            doTasks();
            pause();
        }
        refuseRequests();
    }

    /** Takes a snapshot of a shard now, in the caller's thread, and lets the log go that is not needed any more. */
    public void keep(int shard) {
        try {
            snapshot(shard);
        } catch (RuntimeException failed) {
            complain(shard, "no snapshot", failed);
        }
    }

    private void look() {
        for (ShardStatus shard : shards.get()) {
            if (!stopping && shard.phase().isRunning()) {
                if (reached[shard.shard()] != shard.nextOffset()) {
                    reached[shard.shard()] = shard.nextOffset();
                    files.apply(shard.shard()).reached().write(shard.nextOffset());
                }
                if (isDue(shard)) {
                    keep(shard.shard());
                }
            }
        }
    }

    private void pause() {
        try {
            if (wakeUps.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private void answerRequests() {
        for (int shard = 0; shard < config.shards() && !stopping; shard++) {
            CompletableFuture<SnapshotId> request = requests.getAndSet(shard, null);
            if (request != null) {
                try {
                    request.complete(snapshot(shard));
                } catch (RuntimeException failed) {
                    complain(shard, "no snapshot", failed);
                    request.completeExceptionally(failed);
                }
            }
        }
    }

    private void doTasks() {
        for (Task<?> task = stopping ? null : tasks.poll(); task != null; task = stopping ? null : tasks.poll()) {
            task.run();
        }
    }

    private void refuseRequests() {
        for (Task<?> task = tasks.poll(); task != null; task = tasks.poll()) {
            task.refuse("it was not done because the server stops");
        }
        for (int shard = 0; shard < config.shards(); shard++) {
            CompletableFuture<SnapshotId> request = requests.getAndSet(shard, null);
            if (request != null) {
                request.completeExceptionally(new EngineException(
                        Severity.RETRY, "shard " + shard + ": no snapshot was taken because the server stops"));
            }
        }
    }

    private synchronized SnapshotId snapshot(int shard) {
        nanos[shard] = System.nanoTime();
        ShardFiles own = files.apply(shard);
        ReplayRate log = new ReplayRate(logs.apply(shard), commandsPerSecond[shard]);
        long startNanos = System.nanoTime();
        SnapshotId taken = ShardReplica.build(shard, config.shard(shard), domains, own.snapshots(), log)
                .save(own.snapshots());
        commandsPerSecond[shard] = log.commandsPerSecond();
        offsets[shard] = taken.offset();
        own.snapshots().retain(SNAPSHOTS_KEPT);
        LOG.info(() -> "shard %d: snapshot at offset %d taken in %d ms"
                .formatted(shard, taken.offset(), (System.nanoTime() - startNanos) / 1_000_000));
        try {
            String done = letGo(shard, own, log);
            LOG.info(() -> "shard %d: %s".formatted(shard, done));
        } catch (RuntimeException failed) {
            complain(shard, "the log stays longer", failed);
        }
        return taken;
    }

    /** Lets the log go up to the older snapshot, as the policy says; returns what it did. */
    private String letGo(int shard, ShardFiles own, RetainedLog log) {
        List<SnapshotId> kept = own.snapshots().list();
        if (archiving.policy() == ArchiveConfig.Policy.keep || kept.size() < SNAPSHOTS_KEPT) {
            return "the log stays";
        }
        long covered = kept.get(SNAPSHOTS_KEPT - 1).sequence();
        long gone = truncate(shard, covered, own.archive(), log);
        return switch (archiving.policy()) {
            case keep, archive -> "%d frames went to the archive".formatted(gone);
            case retention ->
                "%d frames went to the archive, %d segments were deleted by age"
                        .formatted(gone, own.archive().deleteOlder(oldestMicros(), covered));
            case compaction ->
                "%d frames went to the archive, %d segments were compacted"
                        .formatted(gone, own.archive().compact(covered, archiving.compactionSegments(), domains));
        };
    }

    private static long truncate(int shard, long covered, FileLogArchive archive, RetainedLog log) {
        try (FileLogArchive.Appender appender = archive.open()) {
            long gone = log.truncate(covered, appender::append, appender::seal);
            if (appender.end().sequence() < covered) {
                LOG.severe(() ->
                        "shard %d: the archive ends at frame %d where the snapshot needs none before %d: frames are missing, run ./mainstay verify"
                                .formatted(shard, appender.end().sequence(), covered));
            }
            if (appender.repeated() > 0) {
                LOG.info(() -> "shard %d: %d frames were in the archive already, left by a crash"
                        .formatted(shard, appender.repeated()));
            }
            return gone;
        }
    }

    private long oldestMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now().minus(archiving.retention()));
    }

    private void complain(int shard, String consequence, RuntimeException failed) {
        if (stopping) {
            LOG.info(() -> "shard " + shard + ": " + consequence + ", because the server stops");
            return;
        }
        LOG.log(Level.SEVERE, failed, () -> "shard %d: %s: %s".formatted(shard, consequence, failed.getMessage()));
    }

    private boolean isDue(ShardStatus shard) {
        long commands = shard.nextOffset() - offsets[shard.shard()];
        Duration since = Duration.ofNanos(System.nanoTime() - nanos[shard.shard()]);
        return config.snapshots().isDue(commands, since, commandsPerSecond[shard.shard()]);
    }

    private static long newestOffset(SnapshotStore snapshots) {
        List<SnapshotId> all = snapshots.list();
        return all.isEmpty() ? 0 : all.get(0).offset();
    }

    private record Task<R>(Supplier<R> work, CompletableFuture<R> answer) {
        void run() {
            try {
                answer.complete(work.get());
            } catch (RuntimeException failed) {
                answer.completeExceptionally(failed);
            }
        }

        void refuse(String why) {
            answer.completeExceptionally(new EngineException(Severity.RETRY, why));
        }
    }
}
