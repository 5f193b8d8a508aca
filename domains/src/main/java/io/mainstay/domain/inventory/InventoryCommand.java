package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Command;

/** An order to the inventory. */
public sealed interface InventoryCommand extends Command
        permits AddWarehouse,
                LinkWarehouses,
                AddItem,
                LearnItem,
                ReceiveStock,
                AdjustStock,
                MoveStock,
                ReserveStock,
                ConfirmReservation,
                CancelReservation,
                PlaceOrder,
                StockStep {
    @Override
    String tenant();
}
