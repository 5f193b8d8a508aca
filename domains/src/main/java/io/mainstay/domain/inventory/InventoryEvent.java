package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Event;

/** A fact that the inventory has decided. */
public sealed interface InventoryEvent extends Event
        permits WarehouseAdded, WarehousesLinked, ItemAdded, ItemLearned, StockEvent {}
