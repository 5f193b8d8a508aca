package io.mainstay.engine;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.replay.ArchiveDamagedException;
import io.mainstay.core.replay.FrameSink;
import io.mainstay.core.wire.WireException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A segment of format 1, which is read and not written any more: for each frame raw size, stored size, CRC32C of the
 * stored bytes (ints, big-endian) and the bytes, compressed with zstd. It has no header and no index, and its end may be
 * torn: what was torn was still in the broker.
 */
final class Format1Segment implements Segment {
    private final Path file;
    private final LogPosition begin;
    private LogPosition end;
    private long lastMicros = Long.MIN_VALUE;

    private Format1Segment(Path file, LogPosition begin) {
        this.file = file;
        this.begin = begin;
        this.end = begin;
    }

    /** Reads the whole segment to learn what it holds behind the position of the segments before. */
    static Format1Segment scan(Path file, LogPosition begin) throws IOException {
        Format1Segment segment = new Format1Segment(file, begin);
        segment.read(0, (bytes, place) -> {
            segment.learn(bytes, place);
            return true;
        });
        return segment;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public LogPosition begin() {
        return begin;
    }

    @Override
    public LogPosition end() {
        return end;
    }

    @Override
    public long lastMicros() {
        return lastMicros;
    }

    @Override
    public LogPosition seek(LogPoint point) {
        return begin;
    }

    @Override
    public boolean read(long fromSequence, FrameSink frames) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (long index = 0; ; index++) {
                String place = file + ", frame " + index + " of the file";
                byte[] frame;
                try {
                    frame = next(in, place);
                } catch (EOFException torn) {
                    return true;
                }
                if (!frames.take(frame, place)) {
                    return false;
                }
            }
        }
    }

    private static byte[] next(DataInputStream in, String place) throws IOException {
        int rawSize = in.readInt();
        int storedSize = in.readInt();
        int crc = in.readInt();
        if (rawSize < 0
                || rawSize > ArchiveBlock.RAW_BYTES_MAX
                || storedSize < 0
                || storedSize > ArchiveBlock.RAW_BYTES_MAX) {
            throw new ArchiveDamagedException(place, "a frame of " + rawSize + " bytes");
        }
        byte[] stored = in.readNBytes(storedSize);
        if (stored.length < storedSize) {
            throw new EOFException("torn");
        }
        if (ArchiveBlock.crc(stored, 0, storedSize) != crc) {
            throw new ArchiveDamagedException(place, "a frame fails its checksum");
        }
        try {
            return Zstd.decompress(stored, rawSize);
        } catch (ZstdException e) {
            throw new ArchiveDamagedException(place, "a frame cannot be expanded: " + e.getMessage());
        }
    }

    private void learn(byte[] bytes, String place) {
        try {
            LogFrame frame = LogFrame.parse(bytes);
            if (end.judge(frame) == LogPosition.Verdict.NEXT) {
                end = end.after(frame);
                lastMicros = Math.max(lastMicros, frame.header().timestampMicros());
            }
        } catch (WireException | IllegalArgumentException damage) {
            throw new ArchiveDamagedException(place, String.valueOf(damage.getMessage()));
        }
    }
}
