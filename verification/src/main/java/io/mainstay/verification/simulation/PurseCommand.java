package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;

/** Orders to a shard's purse. */
sealed interface PurseCommand extends Command {
    /** Pay an amount out of the purse of a ledger's shard into that of another shard. */
    record Pay(UUID id, String ledger, int receiver, long amountMinor) implements PurseCommand {
        @Override
        public Route route() {
            return new Route.Creating(ledger, id);
        }
    }

    /** Take what another shard has paid; {@code serial} is the offset at which it did. */
    record Take(int sender, long amountMinor, long serial) implements PurseCommand {
        private static final Route PURSE = new Route.Existing(List.of(new UUID(0, 0)));

        @Override
        public Route route() {
            return PURSE;
        }
    }
}
