package io.mainstay.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.mainstay.core.log.PayloadCompression;
import io.mainstay.core.wire.WireException;

/** Payloads of log frames, compressed with zstd. */
public final class ZstdPayloads implements PayloadCompression {
    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public int compress(byte[] bytes, int size, byte[] into, int level) {
        try {
            return (int) Zstd.compressByteArray(into, 0, into.length, bytes, 0, size, level);
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                return -1;
            }
            throw new IllegalStateException("zstd cannot compress " + size + " bytes at level " + level, e);
        }
    }

    @Override
    public byte[] expand(byte[] compressed, int size) {
        byte[] expanded = new byte[size];
        long count;
        try {
            count = Zstd.decompress(expanded, compressed);
        } catch (ZstdException e) {
            throw new WireException("compressed payload does not expand, %d bytes wanted: %s".formatted(size, e));
        }
        if (count != size) {
            throw new WireException("compressed payload expands to %d bytes, %d bytes wanted".formatted(count, size));
        }
        return expanded;
    }
}
