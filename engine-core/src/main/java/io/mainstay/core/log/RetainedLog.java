package io.mainstay.core.log;

import java.util.function.Consumer;

/** One shard's log as those see it who do not append: what is still kept of it. */
public interface RetainedLog {
    /** Hands over every frame that is there, in order, while the owner goes on. RETRY if it cannot be reached. */
    void read(Consumer<byte[]> frames);

    /** As {@link #read(Consumer)} from the frame of a sequence on; earlier ones may come as well. */
    default void read(long fromSequence, Consumer<byte[]> frames) {
        read(frames);
    }

    /**
     * Lets frames go from the front, up to a sequence that is kept.
     *
     * @param archive takes each frame before it goes; a frame goes for good only after {@code sync} has returned
     * @param sync called before frames go for good; makes what the archive took durable
     * @return frames let go
     */
    long truncate(long keepFromSequence, Consumer<byte[]> archive, Runnable sync);
}
