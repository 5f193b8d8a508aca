package io.mainstay.core.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Reads what {@link WireWriter} wrote and refuses to read past the end with a {@link WireException}. */
public final class WireReader {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final int end;
    private int position;

    public WireReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    public WireReader(byte[] bytes, int from, int to) {
        if (from < 0 || to > bytes.length || from > to) {
            throw new WireException("range " + from + ".." + to + " outside of " + bytes.length + " bytes");
        }
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    public int readUnsignedByte() {
        return bytes[advance(1)] & 0xFF;
    }

    public int readUnsignedShort() {
        return (short) SHORT.get(bytes, advance(2)) & 0xFFFF;
    }

    public int readInt() {
        return (int) INT.get(bytes, advance(4));
    }

    public long readLong() {
        return (long) LONG.get(bytes, advance(8));
    }

    public UUID readUuid() {
        long high = readLong();
        return new UUID(high, readLong());
    }

    public int readVarInt() {
        int value = 0;
        for (int shift = 0; shift < 32; shift += 7) {
            int next = readUnsignedByte();
            value |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                if (value < 0) {
                    break;
                }
                return value;
            }
        }
        throw new WireException("variable-length integer too long at byte " + position);
    }

    public long readSignedVarLong() {
        long value = readVarLong();
        return (value >>> 1) ^ -(value & 1);
    }

    public long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readUnsignedByte();
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new WireException("variable-length integer too long at byte " + position);
    }

    public String readText() {
        int count = readVarInt();
        return new String(bytes, advance(count), count, StandardCharsets.UTF_8);
    }

    public byte[] readBytes() {
        return readRaw(readVarInt());
    }

    public byte[] readRaw(int count) {
        int from = advance(count);
        return Arrays.copyOfRange(bytes, from, from + count);
    }

    /** The bytes from {@code from} up to the current position, for values that are kept as they were written. */
    public byte[] copySince(int from) {
        return Arrays.copyOfRange(bytes, from, position);
    }

    private int advance(int count) {
        if (count < 0 || count > end - position) {
            throw new WireException(count + " bytes wanted at byte " + position + ", " + remaining() + " left");
        }
        int from = position;
        position += count;
        return from;
    }
}
