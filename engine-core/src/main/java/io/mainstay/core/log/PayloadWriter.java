package io.mainstay.core.log;

import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;

/** Writes payloads in another encoding than the plain one: from the binary form, into buffers that are reused. */
final class PayloadWriter {
    /** Payloads smaller than this stay as they are: there is nothing to gain. */
    static final int COMPRESSED_BYTES_MIN = 512;

    private final PayloadEncoding encoding;
    private final WireWriter binary = new WireWriter(64 * 1024);
    private byte[] compressed = {};

    PayloadWriter(PayloadEncoding encoding) {
        this.encoding = encoding;
    }

    /** Where the binary form of the next payload goes. */
    WireWriter begin() {
        binary.clear();
        return binary;
    }

    /** Writes the header, the length of the payload, and the payload. */
    void end(FrameHeader header, WireWriter out) {
        LogSerializer serializer = encoding.serializer();
        if (serializer == null) {
            write(header, 0, binary.array(), binary.size(), out);
        } else {
            WireReader in = new WireReader(binary.array(), 0, binary.size());
            byte[] bytes = serializer.write(header, LogPayload.read(header, in));
            write(header, serializer.number(), bytes, bytes.length, out);
        }
    }

    private void write(FrameHeader header, int serializer, byte[] bytes, int size, WireWriter out) {
        int smaller = compress(bytes, size);
        boolean isCompressed = smaller >= 0;
        header.write(out, FrameHeader.flags(isCompressed, serializer));
        if (isCompressed) {
            out.writeInt(Integer.BYTES + smaller);
            out.writeInt(size);
            out.writeRaw(compressed, 0, smaller);
        } else {
            out.writeInt(size);
            out.writeRaw(bytes, 0, size);
        }
    }

    /** Bytes it takes compressed, or -1 if it is better left as it is. */
    private int compress(byte[] bytes, int size) {
        PayloadCompression compression = encoding.compression();
        if (compression == null || size < COMPRESSED_BYTES_MIN || size > PayloadCodecs.EXPANDED_BYTES_MAX) {
            return -1;
        }
        if (compressed.length < size) {
            compressed = new byte[Math.max(size, 2 * compressed.length)];
        }
        int smaller = compression.compress(bytes, size, compressed, encoding.level());
        return smaller + Integer.BYTES < size ? smaller : -1;
    }
}
