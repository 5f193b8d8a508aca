package io.mainstay.core.log;

/**
 * Another form of a frame's payload than the binary one; found by {@link java.util.ServiceLoader}.
 *
 * <p>What is read equals what was written to the last byte: hashes of requests are made of these bytes. Used by many
 * threads at once.
 */
public interface LogSerializer {
    /** As the setting says it. */
    String name();

    /** What stands for it in a frame's header, 1 to 15; never given to another serializer. */
    int number();

    byte[] write(FrameHeader header, LogPayload payload);

    /** {@link io.mainstay.core.wire.WireException} if the bytes are not what this serializer writes. */
    LogPayload read(FrameHeader header, byte[] bytes);
}
