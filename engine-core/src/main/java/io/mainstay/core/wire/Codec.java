package io.mainstay.core.wire;

/**
 * Turns values of one type into bytes and back. What was written by an earlier version stays readable.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> {
    void encode(T value, WireWriter out);

    /** Reads one value and leaves the reader behind it; {@link WireException} if there is none. */
    T decode(WireReader in);
}
