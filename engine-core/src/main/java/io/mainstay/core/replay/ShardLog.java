package io.mainstay.core.replay;

import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.wire.WireException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One shard's whole log, archived and live as one, every frame checked: checksum, chain, sequence and offsets.
 *
 * <p>The shard goes on while it is read, and frames may move from the live log to the archive: what was overtaken is
 * looked for in the archive again.
 */
public final class ShardLog {
    private static final String LIVE = "the live log";

    private final int shard;
    private final LogArchive archive;
    private final RetainedLog live;

    public ShardLog(int shard, LogArchive archive, RetainedLog live) {
        this.shard = shard;
        this.archive = archive;
        this.live = live;
    }

    public int shard() {
        return shard;
    }

    /** Before the first frame that is still there. */
    public LogPosition begin() {
        return checked(archive::begin);
    }

    /** What is left of the frames before {@link #begin}, if they were compacted. */
    public Optional<CompactedRange> compacted() {
        return checked(archive::compacted);
    }

    /** Hands over what is left of compacted frames, and checks it against its digest. */
    public void readCompacted(Consumer<CompactedCommand> commands) {
        checked(() -> {
            archive.readCompacted(commands);
            return commands;
        });
    }

    /** Where to begin to read in order to see all commands from this point on. */
    public LogPosition seek(LogPoint point) {
        return checked(() -> archive.seek(point));
    }

    /** Why a point before {@link #begin} cannot be reached; empty if the log begins at its start. */
    public String missing() {
        return compacted()
                .map(range -> "shard " + shard + ": " + range)
                .or(() -> Optional.of(begin())
                        .filter(begin -> begin.sequence() > 0)
                        .map(begin -> "shard %d: frames 0 to %d, offsets 0 to %d, were deleted by retention"
                                .formatted(shard, begin.sequence() - 1, begin.offset() - 1)))
                .orElse("");
    }

    /**
     * Hands over the frames of the shard's history from a position on. Throws {@link LogDamagedException} at the first
     * that is not what should stand there, or if one is missing that must have been there.
     */
    public Walked walk(LogPosition from, Visitor visitor) {
        Walk walk = new Walk(from, visitor);
        walk.run();
        return new Walked(walk.position, walk.orphans, walk.repeated);
    }

    private <T> T checked(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (ArchiveDamagedException damage) {
            throw new LogDamagedException(new LogDamage(shard, 0, 0, damage.place(), damage.what()));
        }
    }

    /** Sees the frames of the shard's history. */
    public interface Visitor {
        /**
         * Takes the next frame; returns false to end the walk.
         *
         * @param size in bytes, as it was appended
         */
        boolean next(LogFrame frame, int size);
    }

    /**
     * How a walk ended.
     *
     * @param end behind the last frame that was handed over
     * @param orphans frames passed over that were never part of the history: of failed appends or former owners
     * @param repeated frames passed over that stand twice, as they do after a crash in the middle of archiving
     */
    public record Walked(LogPosition end, long orphans, long repeated) {}

    private final class Walk {
        private final Visitor visitor;
        private LogPosition position;
        private String place = LIVE;
        private String gapPlace = "";
        private long gapAnsweredBefore = -1;
        private boolean stopped;
        private boolean overtaken;
        private long orphans;
        private long repeated;

        Walk(LogPosition from, Visitor visitor) {
            this.position = from;
            this.visitor = visitor;
        }

        void run() {
            try {
                do {
                    LogPosition before = position;
                    archive.read(position.sequence(), this::take);
                    if (overtaken && position.equals(before)) {
                        place = gapPlace.isEmpty() ? "the archive" : gapPlace;
                        throw damaged(
                                "the archive goes up to frame %d, and frames from %d on are missing before this place"
                                        .formatted(archive.end().sequence() - 1, position.sequence()));
                    }
                    overtaken = false;
                    if (!stopped) {
                        place = LIVE;
                        live.read(position.sequence(), this::takeLive);
                    }
                } while (overtaken);
            } catch (ArchiveDamagedException damage) {
                place = damage.place();
                throw damaged(damage.what());
            }
            if (!stopped && gapAnsweredBefore > position.offset()) {
                place = gapPlace;
                throw damaged("commands up to offset " + (gapAnsweredBefore - 1) + " were answered and are missing");
            }
        }

        private void takeLive(byte[] bytes) {
            if (!stopped && !overtaken) {
                judge(bytes, true);
            }
        }

        private boolean take(byte[] bytes, String from) {
            place = from;
            judge(bytes, false);
            return !stopped;
        }

        private void judge(byte[] bytes, boolean isLive) {
            LogFrame frame;
            try {
                frame = LogFrame.parse(bytes);
            } catch (WireException | IllegalArgumentException damage) {
                throw damaged(String.valueOf(damage.getMessage()));
            }
            if (frame.header().shard() != shard) {
                throw damaged("it is a frame of shard " + frame.header().shard());
            }
            switch (position.judge(frame)) {
                case NEXT -> {
                    stopped = !visitor.next(frame, bytes.length);
                    position = position.after(frame);
                    gapAnsweredBefore = -1;
                }
                case STALE -> {
                    if (frame.header().epoch() == position.epoch()) {
                        repeated++;
                    } else {
                        orphans++;
                    }
                }
                case GAP -> {
                    if (isLive && archive.end().sequence() > position.sequence()) {
                        overtaken = true;
                        return;
                    }
                    if (gapAnsweredBefore < 0) {
                        gapPlace = place;
                    }
                    orphans++;
                    gapAnsweredBefore = Math.max(gapAnsweredBefore, frame.answeredBefore());
                }
                case BROKEN ->
                    throw damaged("frame %d does not follow the frame before: the chain of hashes is broken"
                            .formatted(frame.header().sequence()));
            }
        }

        private LogDamagedException damaged(String what) {
            return new LogDamagedException(new LogDamage(shard, position.sequence(), position.offset(), place, what));
        }
    }
}
