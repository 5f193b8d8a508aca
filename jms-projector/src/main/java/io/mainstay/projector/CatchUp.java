package io.mainstay.projector;

import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.LogPosition.Verdict;
import io.mainstay.core.replay.ShardLog;
import io.mainstay.projector.FrameProjection.Projected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Projects what one shard's log holds behind a target's position. */
final class CatchUp {
    private final int shard;
    private final Supplier<ShardLog> log;
    private final BatchProjector projector;
    private final BatchBounds bounds;
    private final StopSignal stop;

    CatchUp(int shard, Supplier<ShardLog> log, BatchProjector projector, BatchBounds bounds, StopSignal stop) {
        this.shard = shard;
        this.log = log;
        this.projector = projector;
        this.bounds = bounds;
        this.stop = stop;
    }

    /** To the log's end, as it is now. */
    void toEnd() {
        toSequence(Long.MAX_VALUE);
    }

    /**
     * Up to a frame that stays out, or to the log's end. Throws {@link DamagedLogException} or {@link
     * io.mainstay.core.replay.LogDamagedException} if the log is not what it should be, {@link
     * io.mainstay.core.EngineException} if it cannot be read.
     */
    void toSequence(long endSequence) {
        LogPosition from = begin();
        if (from.sequence() >= endSequence) {
            return;
        }
        List<LogFrame> frames = new ArrayList<>();
        long[] bytes = new long[1];
        log.get().walk(from, (frame, size) -> {
            if (stop.isStopped()) {
                throw new StopSignal.StoppedException();
            }
            frames.add(frame);
            bytes[0] += size;
            if (bounds.areReached(frames.size(), bytes[0])) {
                project(frames);
                frames.clear();
                bytes[0] = 0;
            }
            return frame.header().sequence() + 1 < endSequence;
        });
        project(frames);
    }

    private LogPosition begin() {
        ShardLog own = log.get();
        Optional<LogPosition> reached = projector.position(shard);
        LogPosition begin = own.begin();
        LogPosition from = reached.orElse(projector.beginsAnywhere() ? begin : LogPosition.START);
        if (begin.sequence() > from.sequence()) {
            throw new DamagedLogException(
                    "frames from %d on are to be projected, but %s".formatted(from.sequence(), own.missing()));
        }
        return from;
    }

    /** Frames that follow each other, as the log gives them. */
    private void project(List<LogFrame> frames) {
        List<LogFrame> rest = frames;
        while (!rest.isEmpty()) {
            Projected projected = projector.project(shard, rest);
            rest = rest.subList(projected.done(), rest.size());
            if (projected.verdict() == Verdict.GAP || projected.verdict() == Verdict.BROKEN) {
                // Somebody has moved the position meanwhile.
                throw DamagedLogException.broken(rest.get(0), projected.position());
            }
        }
    }
}
