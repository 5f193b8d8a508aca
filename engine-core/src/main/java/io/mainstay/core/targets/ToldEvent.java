package io.mainstay.core.targets;

import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Event;
import io.mainstay.core.projection.LogPlace;
import io.mainstay.core.projection.RowChanges;
import io.mainstay.core.wire.WireReader;

/**
 * An event as the log tells it.
 *
 * @param frameHash SHA-256 of the frame that tells it; shared, so not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record ToldEvent<E extends Event>(Domain<?, ?, E> domain, E event, LogPlace place, byte[] frameHash) {
    /** Reads the event; {@link io.mainstay.core.wire.WireException} if the bytes are not one of the domain's. */
    public static <E extends Event> ToldEvent<E> decode(
            Domain<?, ?, E> domain, byte[] bytes, LogPlace place, byte[] frameHash) {
        return new ToldEvent<>(domain, domain.events().decode(new WireReader(bytes)), place, frameHash);
    }

    /** Into the tables of its own domain. */
    public void project(RowChanges rows) {
        domain.projection().rule().project(event, place, rows);
    }
}
