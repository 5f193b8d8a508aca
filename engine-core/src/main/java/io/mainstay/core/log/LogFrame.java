package io.mainstay.core.log;

import io.mainstay.core.wire.Digests;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One message of a shard's log: this batch's entries, and the outcomes of batches executed since the frame before.
 *
 * <p>Layout, little-endian: header, payload length (int), payload, CRC32C (int) of all bytes before it. The payload is
 * the number of executed batches (varint) with each batch's first offset, count, timestamp and outcomes, then the
 * entries, each by {@link LogEntry#write}. A frame of format 1 has commands only, each as key, domain number and bytes.
 * The header's flags tell of a payload that a {@link LogSerializer} has written, and of one that is compressed: its
 * size before (int) stands first. Checksum and hash are those of the bytes as they are stored.
 *
 * @param hash SHA-256 of the whole frame: what the next frame states as its previous hash
 */
public record LogFrame(
        FrameHeader header, List<ExecutedBatch> executed, List<LogEntry> entries, byte[] hash, int size) {
    static final int CRC_BYTES = 4;

    /** Checks and reads a frame; {@link WireException} says what is wrong with it. */
    public static LogFrame parse(byte[] bytes) {
        int checked = bytes.length - CRC_BYTES;
        if (checked < 0) {
            throw new WireException("log frame of " + bytes.length + " bytes is cut short");
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, checked);
        if ((int) crc.getValue() != new WireReader(bytes, checked, bytes.length).readInt()) {
            throw new WireException("log frame of " + bytes.length + " bytes fails its checksum");
        }
        WireReader in = new WireReader(bytes, 0, checked);
        FrameHeader header = FrameHeader.read(in);
        if (in.readInt() != in.remaining()) {
            throw new WireException("log frame " + header.sequence() + " states another length than it has");
        }
        LogPayload payload = PayloadCodecs.read(header, in);
        return new LogFrame(
                header, payload.executed(), payload.entries(), Digests.sha256().digest(bytes), bytes.length);
    }

    /** The offset up to which this frame and the ones before tell outcomes, or -1 if this frame tells none. */
    public long executedBefore() {
        return executed.isEmpty() ? -1 : executed.get(executed.size() - 1).nextOffset();
    }

    /** Entries below this offset may have been answered when the frame was written. */
    public long answeredBefore() {
        return Math.max(executedBefore(), header.answeredBefore());
    }

    boolean follows(byte[] expectedHash) {
        return Arrays.equals(header.previousHash(), expectedHash);
    }
}
