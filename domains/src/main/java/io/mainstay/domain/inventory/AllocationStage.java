package io.mainstay.domain.inventory;

import java.util.Locale;

/** How far an allocation is. Numbers stand in logs and snapshots, and are never reused. */
public enum AllocationStage {
    /** Until it is confirmed or cancelled, or expires. */
    RESERVED(1, 1),
    CONFIRMED(2, 2),
    CANCELLED(3, 2),
    EXPIRED(4, 2),
    /** An order that is not paid yet. */
    PLACING(5, 1),
    SHIPPED(6, 2),
    /** An order that could not be paid. */
    WITHDRAWN(7, 2),
    /** A move that has not arrived on the other shard yet. */
    SENDING(8, 1),
    DELIVERED(9, 2),
    /** A move that the other shard has refused. */
    RETURNED(10, 2),
    /** A move within the shard. */
    MOVED(11, 1),
    /** A move that came from another shard, which answers for it. */
    ARRIVED(12, 0);

    private final int number;
    private final long version;

    AllocationStage(int number, long version) {
        this.number = number;
        this.version = version;
    }

    int number() {
        return number;
    }

    /** How often the allocation has changed; 0 if another shard is to be asked. */
    long version() {
        return version;
    }

    /** In lower case, for people. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if pieces on hand are spoken for. */
    boolean isHolding() {
        return this == RESERVED || this == PLACING;
    }

    /** The stage of a number in the log; {@link IllegalArgumentException} if there is none. */
    static AllocationStage of(int number) {
        if (number < 1 || number > values().length) {
            throw new IllegalArgumentException("allocation of unknown stage " + number);
        }
        return values()[number - 1];
    }
}
