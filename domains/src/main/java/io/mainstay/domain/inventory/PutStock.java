package io.mainstay.domain.inventory;

import java.util.UUID;

/** Put the pieces of a move into a warehouse here: the step after which they are there for good. */
public record PutStock(MoveStock move) implements StockStep {
    @Override
    public String tenant() {
        return move.tenant();
    }

    @Override
    public UUID id() {
        return move.id();
    }
}
