package io.mainstay.codec;

import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.FrameWriter;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.wire.WireWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Frames for tests. */
final class Frames {
    private static final int CRC_BYTES = 4;

    private Frames() {}

    /** A frame of the ledger's shard 3, as a shard writes it with that encoding. */
    static byte[] write(PayloadEncoding encoding, ExecutedBatch executed, List<? extends LogEntry> entries) {
        return write(encoding, Map.of(1, 1), executed, entries);
    }

    static byte[] write(
            PayloadEncoding encoding,
            Map<Integer, Integer> versions,
            ExecutedBatch executed,
            List<? extends LogEntry> entries) {
        WireWriter outcomes = new WireWriter(64);
        FrameWriter.writeExecuted(
                outcomes, executed.firstOffset(), executed.outcomes().size(), executed.timestampMicros());
        executed.outcomes().forEach(outcome -> outcome.write(outcomes));
        WireWriter written = new WireWriter(64);
        entries.forEach(entry -> entry.write(written));
        byte[] previousHash = new byte[32];
        Arrays.fill(previousHash, (byte) 0xAB);
        FrameWriter writer = new FrameWriter(16, previousHash, encoding);
        writer.write(
                new FrameHeader(
                        3,
                        5,
                        77,
                        1000,
                        entries.size(),
                        1_700_000_000_000_000L,
                        1000,
                        new TreeMap<>(versions),
                        previousHash),
                outcomes,
                written);
        return Arrays.copyOf(writer.bytes(), writer.size());
    }

    /** The same frame with a checksum that fits: what a forger would make of it. */
    static byte[] forged(byte[] frame) {
        byte[] forged = frame.clone();
        CRC32C crc = new CRC32C();
        crc.update(forged, 0, forged.length - CRC_BYTES);
        WireWriter sum = new WireWriter(CRC_BYTES);
        sum.writeInt((int) crc.getValue());
        System.arraycopy(sum.array(), 0, forged, forged.length - CRC_BYTES, CRC_BYTES);
        return forged;
    }

    static byte[] golden(String name) throws IOException {
        try (InputStream golden = Frames.class.getResourceAsStream("/golden/" + name)) {
            String hex = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        }
    }
}
