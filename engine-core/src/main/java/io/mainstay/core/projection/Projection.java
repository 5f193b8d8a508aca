package io.mainstay.core.projection;

import java.util.List;

/**
 * What a domain's events become in its tables.
 *
 * @param tables each behind those that its rows refer to
 * @param changelogs the migrations that make them, in their order: names of resources beside the domain's classes, each
 *     formatted SQL for Liquibase with a rollback for every changeset
 * @param rule total: takes every event that was ever decided
 * @param checks how tables are compared with the state
 * @param <E> the events
 */
public record Projection<E>(List<Table> tables, List<String> changelogs, Rule<E> rule, List<Check<?>> checks) {
    public Projection {
        tables = List.copyOf(tables);
        changelogs = List.copyOf(changelogs);
        checks = List.copyOf(checks);
        for (Check<?> check : checks) {
            if (!tables.contains(check.table())) {
                throw new IllegalArgumentException("a check is of " + check.table() + ", which is not projected");
            }
        }
    }

    /** No table can be compared with the state. */
    public Projection(List<Table> tables, List<String> changelogs, Rule<E> rule) {
        this(tables, changelogs, rule, List.of());
    }

    /** Nothing is shown. */
    public static <E> Projection<E> none() {
        return new Projection<>(List.of(), List.of(), (event, place, rows) -> {});
    }

    /** Turns one event into changes of rows. A pure function: the same event gives the same rows each time. */
    @FunctionalInterface
    public interface Rule<E> {
        void project(E event, LogPlace place, RowChanges rows);
    }
}
