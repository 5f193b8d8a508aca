package io.mainstay.engine;

import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.replay.FrameSink;
import java.io.IOException;
import java.nio.file.Path;

/** A file of the archive that holds frames and does not change any more. */
sealed interface Segment permits SealedSegment, Format1Segment {
    Path file();

    /** Before the first frame. */
    LogPosition begin();

    /** Behind the last frame that belongs to the shard's history. */
    LogPosition end();

    /** Time of the last frame, since the epoch; {@link Long#MIN_VALUE} if there is none. */
    long lastMicros();

    /** Before the frame that holds the point, or before an earlier one. */
    LogPosition seek(LogPoint point) throws IOException;

    /** Hands over frames from this sequence on, or earlier ones as well; returns false if the sink has ended it. */
    boolean read(long fromSequence, FrameSink frames) throws IOException;
}
