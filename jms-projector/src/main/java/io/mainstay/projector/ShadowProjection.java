package io.mainstay.projector;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.rebuild.RebuildStatus;
import io.mainstay.core.replay.ShardLogs;
import io.mainstay.core.targets.ProjectionTarget;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/** Projects a target into the shadow schema: the rebuild's own reading of the log, with transactions of its own. */
final class ShadowProjection implements RebuildRuns.Maker {
    /** Bulk: small frames share a transaction; the rows of so many bytes fit into memory for each shard at once. */
    private static final BatchBounds BOUNDS = new BatchBounds(256, 4 << 20);

    private final List<ProjectionTarget> targets;
    private final ClassLoader loader;
    private final Domains domains;
    private final RowTypes types;
    private final ProjectionConfig config;
    private final DataSource database;
    private final FrameTransaction transaction;
    private final Hooks hooks;
    private final ShardLogs logs;
    private final ThreadFactory threads;
    private final Backoff backoff;
    private final Clock clock;
    private final StopSignal applicationStop;

    ShadowProjection(
            List<ProjectionTarget> targets,
            ClassLoader loader,
            Domains domains,
            RowTypes types,
            ProjectionConfig config,
            DataSource database,
            FrameTransaction transaction,
            Hooks hooks,
            ShardLogs logs,
            ThreadFactory threads,
            Backoff backoff,
            Clock clock,
            StopSignal applicationStop) {
        this.targets = targets;
        this.loader = loader;
        this.domains = domains;
        this.types = types;
        this.config = config;
        this.database = database;
        this.transaction = transaction;
        this.hooks = hooks;
        this.logs = logs;
        this.threads = threads;
        this.backoff = backoff;
        this.clock = clock;
        this.applicationStop = applicationStop;
    }

    @Override
    public Rebuild make(RebuildStatus status) {
        ProjectionTarget target = targets.stream()
                .filter(each -> each.name().equals(status.target()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("target " + status.target() + " is off"));
        StopSignal stop = applicationStop.child();
        Rebuild.Progress progress = new Rebuild.Progress();
        BatchProjector projector = new BatchProjector(
                new FrameProjection(target, domains, types, config.copyRowsMin(), config.deadLettersMax(), clock),
                new SchemaTransaction(transaction, ShadowSchema.NAME),
                new Hooks(List.of()),
                progress,
                backoff,
                new CircuitBreaker(backoff, clock, stop),
                stop);
        return new Rebuild(
                status,
                database,
                new ShadowSchema(database, target, new Migrations(loader, List.of(target))),
                shard -> new CatchUp(shard, () -> logs.log(shard), projector, BOUNDS, stop),
                progress,
                threads,
                backoff,
                stop,
                () -> hooks.replaced(target.name()));
    }
}
