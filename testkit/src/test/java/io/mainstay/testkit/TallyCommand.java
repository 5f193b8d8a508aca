package io.mainstay.testkit;

import io.mainstay.core.domain.Command;
import io.mainstay.core.route.Route;
import java.util.Set;
import java.util.UUID;

/** Orders to a {@link Tally}. */
sealed interface TallyCommand extends Command {
    /** Counts an item up, until a time if that is not 0. */
    record Count(String item, long amount, long untilMicros) implements TallyCommand {}

    /** Counts all of these up by one. */
    record CountAll(Set<String> items) implements TallyCommand {}

    /** Counts one down and the other up, wherever they are. */
    record Move(UUID subject, String from, String to) implements TallyCommand {}

    /** Counts an item down that was counted up. */
    record Uncount(String item) implements TallyCommand {}

    @Override
    default Route route() {
        return new Route.Creating(toString(), Tally.idOf("tally"));
    }
}
