package io.mainstay.core.log;

import org.jspecify.annotations.Nullable;

/**
 * How the payloads of new frames are written. Each frame says how its own is, so readers take all that are installed.
 *
 * @param serializer null for the binary form
 * @param compression null for none
 * @param level of the compression
 */
public record PayloadEncoding(
        @Nullable LogSerializer serializer, @Nullable PayloadCompression compression, int level) {
    public static final String BINARY = "binary";
    public static final String NONE = "none";

    /** Binary and not compressed. */
    public static final PayloadEncoding PLAIN = new PayloadEncoding(null, null, 0);

    /** By the names of what is installed; {@link IllegalArgumentException} if it is not. */
    public static PayloadEncoding of(String serializer, String compression, int level) {
        return new PayloadEncoding(
                serializer.equals(BINARY) ? null : PayloadCodecs.serializer(serializer),
                compression.equals(NONE) ? null : PayloadCodecs.compression(compression),
                level);
    }

    boolean isPlain() {
        return serializer == null && compression == null;
    }
}
