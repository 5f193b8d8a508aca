package io.mainstay.core.log;

import java.util.function.Consumer;

/**
 * One shard's durable, append-only log.
 *
 * <p>Used by one thread. {@link #recover} comes first and once; a log whose append failed is closed and opened anew.
 */
public interface WriteAheadLog extends AutoCloseable {
    /**
     * Becomes the log's only owner, then hands over the bytes of every frame appended before, in order.
     *
     * <p>Blocks until the owner before has let go. Throws {@link io.mainstay.core.EngineException}: RETRY if the log
     * cannot be reached, FATAL if it is damaged.
     */
    void recover(Consumer<byte[]> frames);

    /**
     * Starts to append the first {@code size} bytes, which may be reused when the call returns. Frames become durable
     * in the order of the calls. Throws RETRY if the append was refused at once.
     *
     * @param sequence of the frame, one more than that of the frame before
     */
    Append append(long sequence, byte[] frame, int size);

    @Override
    void close();
}
