package io.mainstay.client;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Move amounts between 2 to 64 accounts, all or nothing, on any shards.
 *
 * @param id given by the caller, or null to let the server choose
 * @param legs of each asset, they add up to 0
 * @param reference free text for people; empty if there is none
 */
public record PostEntries(@Nullable UUID id, List<Leg> legs, String reference) implements Order<Posting> {
    public PostEntries {
        legs = List.copyOf(legs);
    }

    public PostEntries(List<Leg> legs) {
        this(null, legs, "");
    }

    public PostEntries as(UUID chosen) {
        return new PostEntries(chosen, legs, reference);
    }

    public PostEntries saying(String text) {
        return new PostEntries(id, legs, text);
    }
}
