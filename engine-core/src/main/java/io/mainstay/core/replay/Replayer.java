package io.mainstay.core.replay;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.Invariants;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a range of a shard's log to a target, archived and live, from the last checkpoint on.
 *
 * <p>Driven by {@link #run}, which returns when the target has no room. Frames come in order, each once, except those
 * behind the last checkpoint after a crash. Not for use by several threads.
 */
public final class Replayer {
    private static final int BATCH_FRAMES_MAX = 256;
    private static final long BATCH_BYTES_MAX = 16 << 20;

    private final ShardLog log;
    private final LogPoint from;
    private final LogPoint to;
    private final ReplayTarget target;
    private final ReplayCheckpoints checkpoints;
    private final ReplayProgress progress;

    private final List<ReplayedFrame> batch = new ArrayList<>();
    private @Nullable LogPosition position;
    private LogPosition read = LogPosition.START;
    private int room;
    private long batchBytes;
    private boolean ended;

    /**
     * A replay of the commands from one point up to another, and of their outcomes.
     *
     * @param checkpoints of this target and this range; a target that keeps positions itself gives its own
     */
    public Replayer(
            ShardLog log,
            LogPoint from,
            LogPoint to,
            ReplayTarget target,
            ReplayCheckpoints checkpoints,
            ReplayProgress progress) {
        this.log = log;
        this.from = from;
        this.to = to;
        this.target = target;
        this.checkpoints = checkpoints;
        this.progress = progress;
    }

    /** What there is to do next. */
    public enum State {
        /** The target had no room: call again when it has. */
        WAITING,
        /** All that is in the log was taken; call again when there is more. */
        CAUGHT_UP,
        /** Everything in the range was taken. */
        DONE
    }

    /**
     * Replays until the target has no room or the log or the range ends. Throws {@link LogDamagedException}, and
     * {@link EngineException} DEGRADED, naming the range, if it was compacted or deleted.
     */
    public State run() {
        if (ended) {
            return State.DONE;
        }
        room = roomOf();
        if (room == 0) {
            return State.WAITING;
        }
        LogPosition begin = position == null ? begin() : position;
        position = begin;
        read = begin;
        log.walk(begin, this::next);
        flush();
        if (ended) {
            return State.DONE;
        }
        return room == 0 ? State.WAITING : State.CAUGHT_UP;
    }

    /** Where the target has come: the last checkpoint, or the beginning of the range. */
    public LogPosition position() {
        return position == null ? begin() : position;
    }

    private LogPosition begin() {
        LogPosition least = log.begin();
        Optional<LogPosition> saved = checkpoints.load();
        LogPosition begin = saved.orElseGet(() -> log.seek(from));
        boolean misses = saved.isPresent()
                ? begin.sequence() < least.sequence()
                : least.sequence() > 0 && begin.sequence() == least.sequence() && from.offset() != least.offset();
        if (misses) {
            throw new EngineException(Severity.DEGRADED, "no replay from " + from + " on: " + log.missing());
        }
        return begin;
    }

    private boolean next(LogFrame frame, int size) {
        read = read.after(frame);
        ReplayedFrame replayed = ReplayedFrame.of(frame, read, size, from, to);
        if (!replayed.isEmpty()) {
            batch.add(replayed);
            batchBytes += size;
        }
        progress.reached(frame.header().nextOffset(), size);
        ended = isBehind(frame);
        if (batch.size() >= room || batchBytes >= BATCH_BYTES_MAX) {
            flush();
            room = ended ? 0 : roomOf();
        }
        return !ended && room > 0;
    }

    /** Hands over what has gathered, and remembers how far it goes, also if nothing of it lay in the range. */
    private void flush() {
        if (!batch.isEmpty()) {
            target.take(List.copyOf(batch));
            batch.clear();
            batchBytes = 0;
        }
        if (!read.equals(position)) {
            checkpoints.save(read);
            position = read;
        }
    }

    /** True if the outcome of the range's last command is told by this frame or one before. */
    private boolean isBehind(LogFrame frame) {
        return frame.executed().stream()
                .anyMatch(executed -> !to.isAfter(executed.nextOffset(), executed.timestampMicros()));
    }

    private int roomOf() {
        int asked = target.room();
        Invariants.check(asked >= 0, "shard %d: a replay target has room for %d frames", log.shard(), asked);
        return Math.min(asked, BATCH_FRAMES_MAX);
    }
}
