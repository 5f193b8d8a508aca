package io.mainstay.core.projection;

import java.util.function.Consumer;

/** Tells those who ask for it what the projections of this server have committed. */
public interface ProjectionFeed {
    /**
     * From now on the consumer is told of each transaction after its commit, also of one without rows. It is told on the
     * projection's threads, of one shard and target once at a time, and the projection waits for it: it has to be quick.
     * What it throws is reported and goes no further.
     *
     * @param replaced told the name of a target whose rows were changed otherwise, as {@link ProjectionHook#replaced} says
     */
    Subscription subscribe(Consumer<ProjectedRows> consumer, Consumer<String> replaced);

    /** Ends with {@link #close}; closing it again does nothing. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
