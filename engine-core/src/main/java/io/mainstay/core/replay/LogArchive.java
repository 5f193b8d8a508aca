package io.mainstay.core.replay;

import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The frames of one shard that left the live log, oldest first, frames that were never part of its history included.
 *
 * <p>Every method throws {@link ArchiveDamagedException} for what is there and wrong, and
 * {@link io.mainstay.core.EngineException} DEGRADED for what cannot be read.
 */
public interface LogArchive {
    /** Before the first frame: the start, unless older ones were compacted or deleted on purpose. */
    LogPosition begin();

    /** Behind the last frame of the shard's history; {@link #begin} if there is none. */
    LogPosition end();

    /** What is left of the frames before {@link #begin}, if they were compacted. */
    Optional<CompactedRange> compacted();

    /** Hands over what is left of the compacted frames, in the order of the offsets, and checks it against its digest. */
    void readCompacted(Consumer<CompactedCommand> commands);

    /**
     * Before the frame of the shard's history with the first command that does not lie before the point, or before an
     * earlier frame; {@link #begin} or {@link #end} if all, or none, of its commands are such.
     */
    LogPosition seek(LogPoint point);

    /** Hands over frames, beginning with the one of this sequence; earlier ones may come as well. */
    void read(long fromSequence, FrameSink frames);
}
