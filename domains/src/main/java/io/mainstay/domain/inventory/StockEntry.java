package io.mainstay.domain.inventory;

import java.util.UUID;

/**
 * What an event did to the stock of an item in a warehouse: by how much it has changed, and what it is since.
 *
 * @param onHand pieces that lie there, spoken for or not
 * @param reserved pieces of these that are spoken for
 * @param version of the stock, from 1 on
 * @param warehouseVersion of the warehouse, one more for each entry
 */
public record StockEntry(
        UUID warehouse,
        UUID item,
        long onHandChange,
        long reservedChange,
        long onHand,
        long reserved,
        long version,
        long warehouseVersion) {}
