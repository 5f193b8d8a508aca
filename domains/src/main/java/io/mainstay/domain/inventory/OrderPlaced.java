package io.mainstay.domain.inventory;

import java.util.List;

/**
 * An order's pieces are spoken for; it is final as soon as they are shipped or it is withdrawn.
 *
 * @param amountMinor what is paid in all
 */
public record OrderPlaced(PlaceOrder order, long amountMinor, List<StockEntry> entries) implements AllocationOpening {
    public OrderPlaced {
        entries = List.copyOf(entries);
    }

    @Override
    public Allocation allocation() {
        return allocation(order);
    }

    /** What an order speaks for. */
    static Allocation allocation(PlaceOrder order) {
        return new Allocation(
                order.tenant(), order.id(), AllocationStage.PLACING, order.warehouse(), order.stockLines(), 0);
    }

    @Override
    public Flow flow() {
        return Flow.NONE;
    }
}
