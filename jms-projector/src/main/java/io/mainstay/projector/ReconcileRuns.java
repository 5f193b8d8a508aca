package io.mainstay.projector;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.reconcile.ReconcileReport;
import io.mainstay.core.reconcile.ReconcileReport.ShardReport;
import io.mainstay.core.reconcile.Reconciliation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Runs comparisons, one at a time, each on a thread of its own: when they are asked for, and again and again. */
final class ReconcileRuns implements Reconciliation {
    private static final Logger LOG = Logger.getLogger(ReconcileRuns.class.getName());

    private final Supplier<List<Integer>> shards;
    private final ShardComparison comparison;
    private final ReconcileConfig config;
    private final ThreadFactory threads;
    private final ReconcileMetrics metrics;
    private final StopSignal stop;
    private final AtomicBoolean running = new AtomicBoolean();

    /** {@code shards} is asked on the thread that compares. */
    ReconcileRuns(
            Supplier<List<Integer>> shards,
            ShardComparison comparison,
            ReconcileConfig config,
            ThreadFactory threads,
            ReconcileMetrics metrics,
            StopSignal stop) {
        this.shards = shards;
        this.comparison = comparison;
        this.config = config;
        this.threads = threads;
        this.metrics = metrics;
        this.stop = stop;
    }

    /** Begins to compare all shards again and again, unless the interval is zero. */
    void schedule() {
        if (!config.interval().isZero()) {
            threads.newThread(this::repeat).start();
        }
    }

    @Override
    public CompletionStage<ReconcileReport> reconcile(OptionalInt shard) {
        if (!running.compareAndSet(false, true)) {
            return CompletableFuture.failedFuture(new EngineException(
                    Severity.RETRY, "engine and database are being compared already; ask again when that has ended"));
        }
        CompletableFuture<ReconcileReport> answer = new CompletableFuture<>();
        try {
            threads.newThread(() -> run(shard, answer)).start();
        } catch (RuntimeException noThread) {
            running.set(false);
            return CompletableFuture.failedFuture(
                    new EngineException(Severity.RETRY, "no thread to compare on: the server stops", noThread));
        }
        return answer.copy();
    }

    private void repeat() {
        try {
            while (true) {
                stop.pause(config.interval());
                // On a thread of its own: what a broken connection leaves in the container's memory ends with its
                // thread.
                reconcile(OptionalInt.empty());
            }
        } catch (StopSignal.StoppedException stopped) {
            LOG.fine("no more comparisons: the application stops");
        }
    }

    private void run(OptionalInt shard, CompletableFuture<ReconcileReport> answer) {
        try {
            ReconcileReport report = compare(shard);
            running.set(false);
            answer.complete(report);
        } catch (IllegalArgumentException unknownShard) {
            running.set(false);
            answer.completeExceptionally(unknownShard);
        } catch (RuntimeException | Error failure) {
            metrics.failed();
            LOG.log(
                    Level.WARNING,
                    failure,
                    () -> "engine and database are not compared: " + failure.getMessage() + "; commands go on");
            running.set(false);
            answer.completeExceptionally(failure);
        }
    }

    private ReconcileReport compare(OptionalInt wanted) {
        long startNanos = System.nanoTime();
        Deadline deadline = Deadline.in(config.timeout(), stop);
        List<Integer> all = shards.get();
        if (wanted.isPresent() && !all.contains(wanted.getAsInt())) {
            throw new IllegalArgumentException(
                    "there is no shard " + wanted.getAsInt() + ", only 0 to " + (all.size() - 1));
        }
        List<ShardReport> reports = new ArrayList<>();
        for (int shard : wanted.isPresent() ? List.of(wanted.getAsInt()) : all) {
            ShardReport report = compare(shard, deadline);
            metrics.compared(report);
            reports.add(report);
        }
        ReconcileReport report = new ReconcileReport(reports, Duration.ofNanos(System.nanoTime() - startNanos));
        metrics.ended(wanted.isEmpty(), report.differenceCount());
        tell(report);
        return report;
    }

    private ShardReport compare(int shard, Deadline deadline) {
        try {
            return comparison.compare(shard, deadline);
        } catch (EngineException failure) {
            throw new EngineException(failure.severity(), "shard " + shard + ": " + failure.getMessage(), failure);
        }
    }

    /** Once a run, and without a value of any row. */
    private static void tell(ReconcileReport report) {
        if (report.differenceCount() == 0) {
            LOG.info(() -> "engine and database are equal: " + places(report, false));
        } else {
            LOG.severe(() -> "engine and database differ: " + places(report, true)
                    + "; ./mainstay reconcile tells where; rows stay as they are, commands go on");
        }
    }

    private static String places(ReconcileReport report, boolean differentOnly) {
        return report.shards().stream()
                .filter(shard -> !differentOnly || shard.differenceCount() > 0)
                .map(shard -> "shard %d at offset %d, %d rows, %d differences"
                        .formatted(shard.shard(), shard.offset(), shard.rowCount(), shard.differenceCount()))
                .collect(Collectors.joining("; "));
    }
}
