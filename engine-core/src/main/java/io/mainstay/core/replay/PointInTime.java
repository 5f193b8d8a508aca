package io.mainstay.core.replay;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.shard.ReplayedShard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.snapshot.SnapshotDamagedException;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.wire.WireException;
import java.util.Optional;

/** Builds a shard's state as it was at a point of its log: from the best snapshot before, or from the start. */
public final class PointInTime {
    private final ShardLog log;
    private final ShardConfig config;
    private final Domains domains;
    private final SnapshotStore snapshots;
    private final ReplayProgress progress;

    public PointInTime(
            ShardLog log, ShardConfig config, Domains domains, SnapshotStore snapshots, ReplayProgress progress) {
        this.log = log;
        this.config = config;
        this.domains = domains;
        this.snapshots = snapshots;
        this.progress = progress;
    }

    /**
     * The state after every command before the point. Throws {@link EngineException} DEGRADED, naming the range, if what
     * is needed was compacted or deleted, or if the log ends before the offset asked for.
     */
    public ReplayedShard at(LogPoint point) {
        return replay(begin(point), point);
    }

    /** The same without any snapshot: what the log alone says. */
    public ReplayedShard fromStart(LogPoint point) {
        if (!log.begin().equals(LogPosition.START)) {
            throw unreachable(point, log.missing());
        }
        return replay(ReplayedShard.empty(log.shard(), config, domains), point);
    }

    private ReplayedShard replay(ReplayedShard replayed, LogPoint point) {
        replayed.stopAt(point);
        log.walk(replayed.position(), (frame, size) -> {
            boolean goOn = replayed.read(frame);
            progress.reached(frame.header().nextOffset(), size);
            return goOn;
        });
        replayed.decideTail();
        if (point.offset() != Long.MAX_VALUE && replayed.executedBefore() < point.offset()) {
            throw unreachable(point, "shard " + log.shard() + ": the log ends at offset " + replayed.executedBefore());
        }
        return replayed;
    }

    private ReplayedShard begin(LogPoint point) {
        LogPosition least = log.begin();
        LogPosition latest = log.seek(point);
        for (SnapshotId id : snapshots.list()) {
            if (id.sequence() >= least.sequence() && isBefore(id, point, latest)) {
                Optional<ReplayedShard> restored = restore(id);
                if (restored.isPresent()) {
                    return restored.get();
                }
            }
        }
        if (!least.equals(LogPosition.START)) {
            throw unreachable(point, log.missing() + ", and no snapshot that can be read lies between them and there");
        }
        return ReplayedShard.empty(log.shard(), config, domains);
    }

    /** What a snapshot has executed lies before its offset; its time is known only by what the archive holds. */
    private static boolean isBefore(SnapshotId id, LogPoint point, LogPosition latest) {
        return point.micros() == Long.MAX_VALUE
                ? id.offset() <= point.offset()
                : id.sequence() <= latest.sequence() && id.offset() <= point.offset();
    }

    private Optional<ReplayedShard> restore(SnapshotId id) {
        try {
            return Optional.of(ReplayedShard.from(log.shard(), config, domains, snapshots, id));
        } catch (SnapshotDamagedException | WireException passedOver) {
            return Optional.empty();
        }
    }

    private static EngineException unreachable(LogPoint point, String why) {
        return new EngineException(Severity.DEGRADED, "no state at " + point + ": " + why);
    }
}
