package io.mainstay.domain.inventory;

import io.mainstay.core.route.Route;
import java.util.UUID;

/** A shard's part of an order or of a move between shards: a step of a saga. Nobody else gives these orders. */
public sealed interface StockStep extends InventoryCommand
        permits TakeForOrder, SendStock, PutStock, SettleAllocation, ReleaseAllocation {
    /** Of the order or the move. */
    UUID id();

    @Override
    default Route route() {
        return new Route.Unlisted(id());
    }

    @Override
    default UUID leading() {
        return id();
    }
}
