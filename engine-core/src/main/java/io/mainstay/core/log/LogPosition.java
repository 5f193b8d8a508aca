package io.mainstay.core.log;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * How far a reader has come in a shard's log.
 *
 * @param sequence of the next frame
 * @param offset of the next command
 * @param epoch of the last frame; 0 before the first
 * @param hash of the last frame; zeros before the first
 */
public record LogPosition(long sequence, long offset, int epoch, byte[] hash) {
    public static final LogPosition START = new LogPosition(0, 0, 0, new byte[FrameHeader.HASH_BYTES]);

    public LogPosition {
        hash = hash.clone();
    }

    /** What a frame is to a reader at this position. */
    public enum Verdict {
        /** The frame that comes next. */
        NEXT,
        /** Read before, or written by an owner that had lost the shard. */
        STALE,
        /** A frame before it is missing. */
        GAP,
        /** It does not follow the last frame: it is forged, or a later owner's history forks off. */
        BROKEN
    }

    public Verdict judge(LogFrame frame) {
        FrameHeader header = frame.header();
        if (header.epoch() < epoch) {
            return Verdict.STALE;
        }
        if (header.sequence() < sequence) {
            return header.epoch() > epoch ? Verdict.BROKEN : Verdict.STALE;
        }
        if (header.sequence() > sequence) {
            return Verdict.GAP;
        }
        return header.firstOffset() == offset && frame.follows(hash) ? Verdict.NEXT : Verdict.BROKEN;
    }

    public LogPosition after(LogFrame frame) {
        FrameHeader header = frame.header();
        return new LogPosition(header.sequence() + 1, header.nextOffset(), header.epoch(), frame.hash());
    }

    @Override
    public byte[] hash() {
        return hash.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogPosition that
                && sequence == that.sequence
                && offset == that.offset
                && epoch == that.epoch
                && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence * 31 + offset);
    }

    @Override
    public String toString() {
        return "frame %d, offset %d, epoch %d, hash %s"
                .formatted(sequence, offset, epoch, HexFormat.of().formatHex(hash, 0, 8));
    }
}
