package io.mainstay.domain.inventory;

import java.util.UUID;

/**
 * So many pieces of an item, and what each costs.
 *
 * @param unitPriceMinor in minor units of the order's asset, at least 1
 */
public record OrderLine(UUID item, long quantity, long unitPriceMinor) {
    public OrderLine {
        Checks.checkRange("quantity", quantity, 1, Line.QUANTITY_MAX);
        Checks.checkRange("unitPriceMinor", unitPriceMinor, 1, Long.MAX_VALUE);
    }

    Line line() {
        return new Line(item, quantity);
    }
}
