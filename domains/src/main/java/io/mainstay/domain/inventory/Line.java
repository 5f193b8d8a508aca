package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import java.util.UUID;

/** So many pieces of an item. */
public record Line(UUID item, long quantity) {
    /** Lines of one reservation or order. */
    public static final int COUNT_MAX = 64;

    /** Pieces that one line may be about. */
    public static final long QUANTITY_MAX = 1_000_000_000_000L;

    public Line {
        Checks.range("quantity", quantity, 1, QUANTITY_MAX);
    }
}
