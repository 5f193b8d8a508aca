package io.mainstay.core.log;

/**
 * Makes the payloads of log frames smaller; found by {@link java.util.ServiceLoader}. The frame format knows one: zstd.
 *
 * <p>Used by many threads at once.
 */
public interface PayloadCompression {
    /** As the setting says it. */
    String name();

    /**
     * Writes the first {@code size} bytes compressed into {@code into}.
     *
     * @return bytes written, or -1 if {@code into} is too short for them
     */
    int compress(byte[] bytes, int size, byte[] into, int level);

    /**
     * Gives back {@code size} bytes, and never allocates more than that; {@link io.mainstay.core.wire.WireException} if
     * the compressed bytes are not those of so many.
     */
    byte[] expand(byte[] compressed, int size);
}
