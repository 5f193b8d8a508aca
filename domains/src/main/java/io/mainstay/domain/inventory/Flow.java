package io.mainstay.domain.inventory;

import java.util.List;

/** Ways by which pieces of an item come into a shard's warehouses and leave them; each item counts them. */
public enum Flow {
    RECEIVED(0, 1),
    ADJUSTED(1, 1),
    ARRIVED(2, 1),
    SHIPPED(3, -1),
    SENT(4, -1),
    /** Nothing comes or goes. */
    NONE(5, 0);

    /** Those that are counted, in the order in which they stand in snapshots. */
    static final List<Flow> COUNTED = List.of(RECEIVED, ADJUSTED, ARRIVED, SHIPPED, SENT);

    static final int COUNT = 5;

    private final int index;
    private final int sign;

    Flow(int index, int sign) {
        this.index = index;
        this.sign = sign;
    }

    /** Its place among those that are counted. */
    int index() {
        return index;
    }

    /** 1 if what is counted came in, -1 if it left. */
    int sign() {
        return sign;
    }
}
