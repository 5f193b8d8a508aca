package io.mainstay.core.gateway;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Finds the shard that holds an aggregate which no shard announces: all are asked, and each tells what it found. Safe for use
 * by many threads.
 */
public final class HolderSearch {
    private static final int RETRY_MILLIS = 1000;

    private final Destination.Search search;
    private final Consumer<Destination> found;
    private final AtomicInteger unanswered;
    private final AtomicInteger silent = new AtomicInteger(-1);
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * @param shards that are asked
     * @param found is given the destination, once
     */
    public HolderSearch(Destination.Search search, int shards, Consumer<Destination> found) {
        this.search = search;
        this.found = found;
        this.unanswered = new AtomicInteger(shards);
    }

    /** A shard says whether it holds the aggregate. */
    public void answer(Destination.Shard shard, boolean holds) {
        if (holds) {
            end(shard);
        }
        count();
    }

    /** A shard does not answer: if no other one holds the aggregate, nobody knows whether this one does. */
    public void refuse(int shard) {
        silent.set(shard);
        count();
    }

    private void count() {
        if (unanswered.decrementAndGet() == 0) {
            int missing = silent.get();
            end(
                    missing < 0
                            ? search.fallback()
                            : new Destination.Refused(new Outcome.Unavailable(
                                    missing, "it may hold what the request is about", RETRY_MILLIS)));
        }
    }

    private void end(Destination destination) {
        if (over.compareAndSet(false, true)) {
            found.accept(destination);
        }
    }
}
