package io.mainstay.domain.inventory;

import java.util.UUID;

/** Speak for an order's pieces, until it is known whether it is paid. */
public record TakeForOrder(PlaceOrder order) implements StockStep {
    @Override
    public String tenant() {
        return order.tenant();
    }

    @Override
    public UUID id() {
        return order.id();
    }
}
