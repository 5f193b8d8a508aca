package io.mainstay.core.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact that a domain has decided, past tense: {@code AccountOpened}. */
public interface Event {
    /** The aggregate that came into being by this event, or null. */
    default @Nullable UUID created() {
        return null;
    }

    /** True if the event makes or changes this aggregate. */
    default boolean changes(UUID aggregate) {
        return aggregate.equals(created());
    }
}
