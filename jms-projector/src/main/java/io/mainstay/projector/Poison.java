package io.mainstay.projector;

import io.mainstay.core.projection.LogPlace;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of a shard that have turned out to be poison, each with why. Used by one thread. */
final class Poison {
    private final Map<Place, Cause> causes = new HashMap<>();

    /** {@link DamagedLogException} if the event was found before: then it is not what fails. */
    void add(LogPlace place, RuntimeException failure) {
        Cause cause = Cause.of(failure);
        if (causes.putIfAbsent(Place.of(place), cause) != null) {
            // Without the failure itself, which quotes the row.
            throw new DamagedLogException("without event %d of offset %d its frame cannot be projected either: %s"
                    .formatted(place.index(), place.offset(), cause.text()));
        }
    }

    /** Why the event at a place is poison; null if it is not. */
    @Nullable
    Cause at(LogPlace place) {
        return causes.isEmpty() ? null : causes.get(Place.of(place));
    }

    private record Place(long offset, int index) {
        static Place of(LogPlace place) {
            return new Place(place.offset(), place.index());
        }
    }
}
