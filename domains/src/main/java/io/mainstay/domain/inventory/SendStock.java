package io.mainstay.domain.inventory;

import java.util.UUID;

/** Take the pieces of a move out of a warehouse here, for one of another shard, which has to be asked yet. */
public record SendStock(MoveStock move) implements StockStep {
    @Override
    public String tenant() {
        return move.tenant();
    }

    @Override
    public UUID id() {
        return move.id();
    }
}
