package io.mainstay.core.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Writes little-endian values into a byte array that grows as needed and is reused between frames.
 *
 * <p>Hot: one instance per shard; writing allocates only when the array has to grow or text is written.
 */
public final class WireWriter {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Width of a count that is filled in later. */
    private static final int COUNT_BYTES = 3;

    private byte[] bytes;
    private int size;

    public WireWriter(int initialBytes) {
        bytes = new byte[initialBytes];
    }

    public int size() {
        return size;
    }

    /** The backing array; valid up to {@link #size()} until the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    public void clear() {
        size = 0;
    }

    public void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    public void writeShort(int value) {
        reserve(2);
        SHORT.set(bytes, size, (short) value);
        size += 2;
    }

    public void writeInt(int value) {
        reserve(4);
        INT.set(bytes, size, value);
        size += 4;
    }

    /** Overwrites four bytes written before, for lengths known only afterwards. */
    public void setInt(int position, int value) {
        INT.set(bytes, position, value);
    }

    public void writeLong(long value) {
        reserve(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    public void writeUuid(UUID value) {
        writeLong(value.getMostSignificantBits());
        writeLong(value.getLeastSignificantBits());
    }

    /** Unsigned variable-length integer, seven bits a byte, lowest first. */
    public void writeVarInt(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        writeByte(rest);
    }

    /** Unsigned variable-length integer, seven bits a byte, lowest first. */
    public void writeVarLong(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    /** Variable-length integer that is short also for negative numbers near zero. */
    public void writeSignedVarLong(long value) {
        writeVarLong((value << 1) ^ (value >> 63));
    }

    /** Begins bytes whose count is known only at their end; returns what {@link #endBytes} needs. */
    public int beginBytes() {
        reserve(COUNT_BYTES);
        size += COUNT_BYTES;
        return size;
    }

    /** Ends bytes begun before: their count goes in front, as a variable-length integer of fixed width. */
    public void endBytes(int began) {
        int count = size - began;
        if (count >= 1 << (7 * COUNT_BYTES)) {
            throw new IllegalStateException(
                    count + " bytes in one piece, fewer than " + (1 << (7 * COUNT_BYTES)) + " wanted");
        }
        bytes[began - 3] = (byte) ((count & 0x7F) | 0x80);
        bytes[began - 2] = (byte) (((count >>> 7) & 0x7F) | 0x80);
        bytes[began - 1] = (byte) (count >>> 14);
    }

    /** Takes back what was written from a position on. */
    public void truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IllegalArgumentException("size " + newSize + " of " + size);
        }
        size = newSize;
    }

    /** Drops the first bytes and moves the rest to the front. */
    public void discard(int count) {
        System.arraycopy(bytes, count, bytes, 0, size - count);
        size -= count;
    }

    /** UTF-8 with its length in bytes in front. */
    public void writeText(String value) {
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes with their count in front. */
    public void writeBytes(byte[] value) {
        writeVarInt(value.length);
        writeRaw(value, 0, value.length);
    }

    public void writeRaw(byte[] value, int from, int count) {
        reserve(count);
        System.arraycopy(value, from, bytes, size, count);
        size += count;
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, count)));
        }
    }
}
