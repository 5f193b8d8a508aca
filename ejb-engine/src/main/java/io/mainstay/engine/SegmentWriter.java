package io.mainstay.engine;

import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A segment that is being written, beside its name, until it is sealed. */
final class SegmentWriter {
    private final Path file;
    private final FileChannel channel;
    private final SyncedWrites syncs;
    private final List<SealedSegment.Entry> index = new ArrayList<>();
    private LogPosition end;
    private long position;
    private long rawBytes;

    private SegmentWriter(Path file, FileChannel channel, LogPosition begin) {
        this.file = file;
        this.channel = channel;
        this.syncs = new SyncedWrites(channel);
        this.end = begin;
    }

    static SegmentWriter open(Path file, int shard, LogPosition begin) throws IOException {
        SegmentWriter writer = new SegmentWriter(file, DurableFile.open(file), begin);
        byte[] header = SealedSegment.header(shard, begin);
        DurableFile.write(writer.channel, ByteBuffer.wrap(header));
        writer.position = header.length;
        return writer;
    }

    /** Appends a frame; {@code isHistory} if it is the one that follows at {@link #end}. */
    void append(byte[] bytes, LogFrame frame, boolean isHistory) throws IOException {
        index.add(new SealedSegment.Entry(
                frame.header().sequence(),
                frame.header().firstOffset(),
                frame.header().count(),
                frame.header().timestampMicros(),
                position,
                isHistory));
        int size = ArchiveBlock.write(channel, bytes);
        position += size;
        syncs.wrote(size);
        rawBytes += bytes.length;
        if (isHistory) {
            end = end.after(frame);
        }
    }

    LogPosition end() {
        return end;
    }

    long rawBytes() {
        return rawBytes;
    }

    /** The segment is part of the archive, and survives a crash, when the call returns. */
    void seal() throws IOException {
        DurableFile.write(channel, ByteBuffer.wrap(SealedSegment.end(index, end, rawBytes, position)));
        DurableFile.finish(file, channel);
    }

    void discard() throws IOException {
        DurableFile.discard(file, channel);
    }
}
