package io.mainstay.domain.inventory;

import io.mainstay.core.access.Access;
import java.util.List;

/** What callers may do with the inventory and ask of it. */
final class InventoryAccess {
    static final Access<InventoryState, InventoryCommand> ACCESS = new Access<>(
            List.of(
                    InventoryOperations.ADD_WAREHOUSE,
                    InventoryOperations.LINK_WAREHOUSES,
                    InventoryOperations.ADD_ITEM,
                    InventoryOperations.RECEIVE_STOCK,
                    InventoryOperations.ADJUST_STOCK,
                    InventoryOperations.MOVE_STOCK,
                    InventoryOperations.RESERVE_STOCK,
                    InventoryOperations.CONFIRM,
                    InventoryOperations.CANCEL,
                    InventoryOperations.PLACE_ORDER),
            List.of(
                    InventoryQueries.READ_WAREHOUSE,
                    InventoryQueries.READ_STOCK,
                    InventoryQueries.FIND_SUPPLY,
                    InventoryQueries.LIST_STOCK,
                    InventoryQueries.READ_RESERVATION,
                    InventoryQueries.LIST_RESERVATIONS,
                    InventoryQueries.LIST_MOVEMENTS,
                    InventoryQueries.READ_MOVE,
                    InventoryQueries.READ_ORDER));

    private InventoryAccess() {}
}
