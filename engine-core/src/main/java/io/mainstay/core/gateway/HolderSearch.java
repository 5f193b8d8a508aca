package io.mainstay.core.gateway;

import io.mainstay.core.domain.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shard that holds an aggregate which no shard announces: all are asked, and each tells what it found. Safe for use
 * by many threads.
 *
 * <p>All answers are waited for, and an id that several shards hold leads nowhere: otherwise the fastest shard would decide,
 * and a repetition might be done a second time by another.
 */
public final class HolderSearch {
    private static final int RETRY_MILLIS = 1000;
    private static final int NONE = -1;

    private final Destination.Search search;
    private final Consumer<Destination> found;
    private final List<Destination.Shard> holders = new ArrayList<>();
    private int unanswered;
    private int silent = NONE;

    /**
     * @param shards that are asked
     * @param found is given the destination, once
     */
    public HolderSearch(Destination.Search search, int shards, Consumer<Destination> found) {
        this.search = search;
        this.found = found;
        this.unanswered = shards;
    }

    /** A shard says whether it holds the aggregate. */
    public void answer(Destination.Shard shard, boolean holds) {
        Destination destination;
        synchronized (this) {
            if (holds) {
                holders.add(shard);
            }
            destination = count();
        }
        tell(destination);
    }

    /** A shard does not answer: nobody knows whether it holds the aggregate. */
    public void refuse(int shard) {
        Destination destination;
        synchronized (this) {
            silent = shard;
            destination = count();
        }
        tell(destination);
    }

    private void tell(@Nullable Destination destination) {
        if (destination != null) {
            found.accept(destination);
        }
    }

    private @Nullable Destination count() {
        if (--unanswered > 0) {
            return null;
        }
        if (silent != NONE) {
            return new Destination.Refused(
                    new Outcome.Unavailable(silent, "it may hold what the request is about", RETRY_MILLIS));
        }
        return switch (holders.size()) {
            case 0 -> search.fallback();
            case 1 -> holders.get(0);
            default -> new Destination.Refused(ambiguous());
        };
    }

    private Outcome.Denied ambiguous() {
        List<Integer> shards = holders.stream()
                .sorted(Comparator.comparingInt(Destination.Shard::number))
                .map(Destination.Shard::number)
                .toList();
        return new Outcome.Denied(
                Stage.POLICY,
                new Rejection(
                        Rejection.Kind.CONFLICT,
                        "id-ambiguous",
                        "Shards %s each hold something with the id %s; nobody knows which is meant."
                                .formatted(shards, search.aggregate()),
                        "/id"));
    }
}
