package io.mainstay.core.projection;

/**
 * Sees what is projected; found by {@link java.util.ServiceLoader}. Called on the projection's threads, for one shard and
 * target once at a time: what it does, the projection waits for.
 */
public interface ProjectionHook {
    /**
     * Before rows are written, inside the transaction. What it throws rolls the transaction back; it is tried again later,
     * so a hook can hold the projection but lose nothing.
     */
    default void before(ProjectedRows rows) {}

    /** After the commit. What it throws is reported and goes no further. */
    default void after(ProjectedRows rows) {}

    /**
     * A target's rows were changed otherwise than by the next transaction of a shard, such as by a rebuild: whatever was
     * remembered of them may be wrong. What it throws is reported and goes no further.
     */
    default void replaced(String target) {}
}
