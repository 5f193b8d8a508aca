package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.route.Route;
import io.mainstay.verification.simulation.PurseState.Place;
import java.util.List;
import java.util.UUID;

/** Orders to a shard's purse. */
sealed interface PurseCommand extends Command {
    Route PURSE = new Route.Existing(List.of(new UUID(0, 0)));

    @Override
    default Route route() {
        return PURSE;
    }

    /** Pay an amount out of the purse of a ledger's shard into that of another shard. */
    record Pay(UUID id, String ledger, int receiver, long amountMinor) implements PurseCommand {
        @Override
        public Route route() {
            return new Route.Creating(ledger, id);
        }
    }

    /** Take what another shard has paid; {@code serial} is the offset at which it did. */
    record Take(int sender, long amountMinor, long serial) implements PurseCommand {}

    /** Shut the purse of a ledger's shard against sagas, or open it again. */
    record Turn(UUID id, String ledger) implements PurseCommand {
        @Override
        public Route route() {
            return new Route.Creating(ledger, id);
        }
    }

    /**
     * Put parts into the purses of several shards, by a saga of any shape.
     *
     * @param pivot index of the part that decides, or -1 for none
     */
    record Share(UUID id, String ledger, List<Part> parts, int pivot, long timeoutMicros) implements PurseCommand {
        public Share {
            parts = List.copyOf(parts);
        }

        @Override
        public Route route() {
            return new Route.Creating(ledger, id);
        }
    }

    /** What one purse is to get. */
    record Part(int shard, long amountMinor) {}

    /** Attempt of a part. */
    record Hold(Place place, long amountMinor) implements PurseCommand {}

    /** Confirmation of what is held. */
    record Keep(Place place) implements PurseCommand {}

    /** Cancelling of what is held. */
    record Drop(Place place) implements PurseCommand {}

    /** Attempt of the part that decides. */
    record Grab(Place place, long amountMinor) implements PurseCommand {}
}
