package io.mainstay.core.access;

import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.Table;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something that callers may ask.
 *
 * @param <S> the state
 */
public sealed interface Read<S> {
    Endpoint endpoint();

    /**
     * Of memory, after every command that was answered before; or as it was at an offset or a time of the log.
     *
     * @param aggregate whose shard is asked
     * @param read short; nothing of the state may leave it; empty if there is no such thing
     */
    record Memory<S, V>(
            Endpoint endpoint,
            Field<UUID> aggregate,
            BiFunction<S, Call, Optional<V>> read,
            Document<Seen<V>> document,
            Unknown unknown)
            implements Read<S> {}

    /**
     * Of the memory of every shard: all that they have, one shard after the other.
     *
     * @param read short; nothing of the state may leave it
     * @param name of the answer, which is a document with the one member {@code list}
     */
    record Everywhere<S, V>(
            Endpoint endpoint, BiFunction<S, Call, List<V>> read, Document<Seen<V>> document, String name, String list)
            implements Read<S> {}

    /**
     * Of the memory of whichever shard has it: every shard is asked, because it does not announce such things.
     *
     * @param read short; nothing of the state may leave it; empty if there is no such thing here
     */
    record Anywhere<S, V>(
            Endpoint endpoint, BiFunction<S, Call, Optional<V>> read, Document<Seen<V>> document, Unknown unknown)
            implements Read<S> {}

    /**
     * The commands that changed an aggregate, with the events they became, oldest first, read back from its shard's log. What
     * is personal in them is masked.
     *
     * @param visible whether the caller may know of the aggregate, as it is now
     */
    record Changes<S>(Endpoint endpoint, Field<UUID> aggregate, BiPredicate<S, Call> visible, Unknown unknown)
            implements Read<S> {}

    /**
     * One row of the projection. Waits for the projection to pass what the engine had done when it was asked.
     *
     * @param isFinal true if the row cannot change any more, so that there is nothing to wait for
     */
    record Lookup<S>(
            Endpoint endpoint,
            Table table,
            List<Condition> conditions,
            Predicate<Row> isFinal,
            Document<Row> document,
            Unknown unknown)
            implements Read<S> {
        public Lookup {
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * Rows of the projection, the highest in order first, in pages.
     *
     * @param conditions with {@code order}, the columns that an index begins with
     * @param order tells rows that meet the conditions from each other; at least 1
     * @param aggregate whose shard the rows belong to
     * @param newest the highest order that the rows have by now, or 0 if there is no row; empty if the aggregate is not
     *     there. The projection is waited for until it shows that row, or all that its shard has done
     * @param document of a row
     * @param list name of the list of rows in the answer, which is the document {@code name}
     */
    record Listing<S>(
            Endpoint endpoint,
            Table table,
            List<Condition> conditions,
            Column<Long> order,
            Field<UUID> aggregate,
            BiFunction<S, Call, OptionalLong> newest,
            Document<Row> document,
            String name,
            String list,
            Unknown unknown)
            implements Read<S> {
        public Listing {
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * Rows of the projection, the latest first, of a range of time, in pages. Waits for the projection of every shard to pass
     * what the engine had done when it was asked.
     *
     * @param table with a key of one UUID; its rows are ordered by the time they were made, and by the key
     * @param alternatives rows that meet all conditions of one of these, and no row meets those of two; of each, the columns of
     *     its first conditions with the time and the key are what an index begins with
     * @param guard what has to be there for its rows to be shown; empty if any caller may ask
     * @param document of a row
     * @param list name of the list of rows in the answer, which is the document {@code name}
     */
    record Timeline<S>(
            Endpoint endpoint,
            Table table,
            List<List<Condition>> alternatives,
            Optional<Guard<S>> guard,
            Document<Row> document,
            String name,
            String list)
            implements Read<S> {
        public Timeline {
            alternatives = alternatives.stream().map(List::copyOf).toList();
            if (alternatives.isEmpty() || alternatives.stream().anyMatch(List::isEmpty)) {
                throw new IllegalArgumentException(endpoint.name() + " has no condition");
            }
            if (table.key().size() != 1 || !table.key().get(0).type().equals(ColumnType.UUID)) {
                throw new IllegalArgumentException(
                        endpoint.name() + " wants a key of one UUID, table " + table + " has another");
            }
        }
    }

    /**
     * What the rows of a listing did to a balance within a range of time: the balance before them, the rows, the oldest first
     * and in pages, and the balance after them. All are read at one position of the projection.
     *
     * @param entries whose rows have a later time if they are higher in order; an index begins with the columns of its
     *     conditions, the time and the order
     * @param balance after a row; 0 before the first
     * @param name of the answer, a document
     * @param balanceName how callers know the balance: {@code BalanceMinor} makes {@code openingBalanceMinor}
     */
    record Statement<S>(Endpoint endpoint, Listing<S> entries, Column<Long> balance, String name, String balanceName)
            implements Read<S> {}

    /**
     * An aggregate that has to be there for what belongs to it to be shown.
     *
     * @param visible whether the caller may know of the aggregate, as it is now
     */
    record Guard<S>(Field<UUID> aggregate, BiPredicate<S, Call> visible, Unknown unknown) {}

    /** The value that a column has to have. */
    record Condition(Column<?> column, Function<Call, Object> value) {}

    /**
     * What callers are told when there is no such thing.
     *
     * @param subject what was asked for: {@code transfer 7c6b…}
     */
    record Unknown(Refusal refusal, Function<Call, String> subject) {}
}
