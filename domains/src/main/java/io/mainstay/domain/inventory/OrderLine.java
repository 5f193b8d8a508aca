package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import java.util.UUID;

/**
 * So many pieces of an item, and what each costs.
 *
 * @param unitPriceMinor in minor units of the order's asset, at least 1
 */
public record OrderLine(UUID item, long quantity, long unitPriceMinor) {
    public OrderLine {
        Checks.range("quantity", quantity, 1, Line.QUANTITY_MAX);
        Checks.range("unitPriceMinor", unitPriceMinor, 1, Long.MAX_VALUE);
    }

    Line line() {
        return new Line(item, quantity);
    }
}
