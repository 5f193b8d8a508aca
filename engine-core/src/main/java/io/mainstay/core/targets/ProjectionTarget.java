package io.mainstay.core.targets;

import io.mainstay.core.projection.RowChanges;
import io.mainstay.core.projection.Table;
import java.util.List;

/**
 * Where the log's events go: tables of its own, and a position of its own in each shard's log, so that one target may lag,
 * stop or be rebuilt while the others go on. Found by {@link java.util.ServiceLoader}.
 *
 * <p>Called from several threads, one shard's events one after the other.
 */
public interface ProjectionTarget {
    /** Stands in settings, positions and figures: short, stable, lower case. */
    String name();

    /** Each behind those that its rows refer to; no other target has one of them. */
    List<Table> tables();

    /**
     * The migrations that make the tables, in their order: names of resources, each formatted SQL for Liquibase with a
     * rollback for every changeset.
     */
    default List<String> changelogs() {
        return List.of();
    }

    /** Turns one event into changes of its tables. A pure function: the same event gives the same rows each time. */
    void project(ToldEvent<?> event, RowChanges rows);

    /** True if it may begin in the middle of a log: a target for which what stands before is not needed. */
    default boolean beginsAnywhere() {
        return false;
    }
}
