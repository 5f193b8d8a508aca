package io.mainstay.testkit;

import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes values by a codec and checks that they come back, wholly and alone, and that equal values have equal bytes.
 *
 * @param <T> the values
 */
final class CodecProbe<T> {
    private static final int KNOWN_MAX = 1000;
    private static final byte[] BEHIND = {0x5A, 0x11, 0x7F, 0x03, 0x5A, 0x11, 0x7F, 0x03};

    private final String domain;
    private final Codec<T> codec;

    /** Of the latest values. */
    private final Map<T, byte[]> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<T, byte[]> eldest) {
            return size() > KNOWN_MAX;
        }
    };

    CodecProbe(String domain, Codec<T> codec) {
        this.domain = domain;
        this.codec = codec;
    }

    byte[] encode(T value) {
        byte[] bytes = bytesOf(value);
        T read = decode(bytes, value);
        if (!read.equals(value)) {
            throw broken("the codec reads back another value than it wrote: " + read + " for " + value);
        }
        expectSame(value, bytes, bytesOf(value), "written twice, ");
        expectSame(value, bytes, bytesOf(read), "read and written again, ");
        byte[] before = known.putIfAbsent(value, bytes);
        if (before != null) {
            expectSame(value, before, bytes, "made in two ways, ");
        }
        return bytes;
    }

    /** Reads a value of which only the bytes are known. */
    T decode(byte[] bytes) {
        return decode(bytes, null);
    }

    private T decode(byte[] bytes, @org.jspecify.annotations.Nullable Object value) {
        String what = value == null ? Arrays.toString(bytes) : value.toString();
        byte[] followed = Arrays.copyOf(bytes, bytes.length + BEHIND.length);
        System.arraycopy(BEHIND, 0, followed, bytes.length, BEHIND.length);
        WireReader in = new WireReader(followed);
        T read;
        try {
            read = codec.decode(in);
        } catch (RuntimeException bug) {
            throw new DomainBroken(
                    "domain " + domain + ": the codec cannot read what stands for " + what + ": " + bug, bug);
        }
        int behind = in.remaining() - BEHIND.length;
        if (behind > 0) {
            throw broken("the codec leaves %d of %d bytes behind of %s".formatted(behind, bytes.length, what));
        }
        if (behind < 0) {
            throw broken("the codec reads %d bytes beyond the end of %s".formatted(-behind, what));
        }
        return read;
    }

    private byte[] bytesOf(T value) {
        WireWriter out = new WireWriter(64);
        codec.encode(value, out);
        return out.toByteArray();
    }

    private void expectSame(T value, byte[] expected, byte[] bytes, String how) {
        int at = Arrays.mismatch(expected, bytes);
        if (at >= 0) {
            throw broken("%s%s has other bytes from byte %d on: is a set or map of it written in its own order?"
                    .formatted(how, value, at));
        }
    }

    private DomainBroken broken(String what) {
        return new DomainBroken("domain " + domain + ": " + what);
    }
}
