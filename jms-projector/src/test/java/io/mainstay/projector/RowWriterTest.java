package io.mainstay.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.ColumnType;
import io.mainstay.core.projection.LogPlace;
import io.mainstay.core.projection.Row;
import io.mainstay.core.projection.RowChanges;
import io.mainstay.core.projection.Table;
import io.mainstay.core.targets.ProjectionTarget;
import io.mainstay.core.targets.ToldEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows of tables that no module of ours knows, with a key of several columns and a child that refers to it. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class RowWriterTest {
    private static final Table.Builder SHELF = Table.named("shelves");
    private static final Column<String> HOUSE = SHELF.key("house", ColumnType.TEXT);
    private static final Column<Long> NUMBER = SHELF.key("number", ColumnType.BIGINT);
    private static final Column<Long> COUNT = SHELF.column("count", ColumnType.BIGINT);
    private static final Column<Boolean> LOCKED = SHELF.nullable("locked", ColumnType.BOOLEAN);
    private static final Column<Long> VERSION = SHELF.version("version");
    private static final Table SHELVES = SHELF.build();

    private static final Table.Builder BOX = Table.named("boxes");
    private static final Column<Long> BOX_ID = BOX.key("id", ColumnType.BIGINT);
    private static final Column<String> BOX_HOUSE = BOX.column("house", ColumnType.TEXT);
    private static final Column<Long> BOX_NUMBER = BOX.column("number", ColumnType.BIGINT);
    private static final Table BOXES = BOX.build();

    private static final int NEVER = Integer.MAX_VALUE;
    private static final String NASTY = "a \"b\" \\ {c,d} 'e' NULL";

    private static EmbeddedServer server;
    private static StandaloneTransaction transaction;
    private static CountingDataSource counted;

    private final RowTypes types = new RowTypes(List.of(target(SHELVES, BOXES)));

    @BeforeAll
    static void startServer(@TempDir Path directory) throws IOException {
        server = EmbeddedServer.start(directory.resolve("pg"));
        counted = new CountingDataSource(server.database().dataSource());
        transaction = new StandaloneTransaction(counted);
        String filled = "shard integer NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL";
        server.database()
                .execute("CREATE TABLE shelves (house text, number bigint, count bigint NOT NULL, locked boolean,"
                        + " version bigint NOT NULL, " + filled + ", PRIMARY KEY (house, number))");
        server.database()
                .execute("CREATE TABLE boxes (id bigint PRIMARY KEY, house text, number bigint, " + filled
                        + ", FOREIGN KEY (house, number) REFERENCES shelves)");
    }

    @AfterAll
    static void stopServer() throws IOException {
        transaction.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        transaction.run(entities -> {
            types.make(entities);
            return true;
        });
        server.database().execute("TRUNCATE shelves, boxes");
        counted.clear();
    }

    @Test
    void insertsAndUpdatesByAKeyOfSeveralColumns() {
        write(rows -> {
            rows.insert(box(1, NASTY, 7));
            rows.insert(shelf(NASTY, 7, 10, 1).set(LOCKED, true));
            rows.insert(shelf("b", 7, 20, 1));
            rows.update(shelf("b", 7, 21, 2));
        });

        int written = write(rows -> {
            rows.update(shelf(NASTY, 7, 11, 2));
            rows.update(shelf(NASTY, 7, 12, 3).set(LOCKED, null));
        });

        assertThat(written).isEqualTo(1);
        assertThat(server.database()
                        .rows("SELECT house, number, count, locked, version, shard FROM shelves ORDER BY 1"))
                .containsExactly(NASTY + " | 7 | 12 | null | 3 | 2", "b | 7 | 21 | null | 2 | 2");
        assertThat(server.database().number("SELECT count(*) FROM boxes")).isEqualTo(1);
    }

    @Test
    void leavesARowAsItIsThatAnotherShardHasWritten() {
        write(rows -> rows.insert(shelf("a", 1, 10, 1)));

        int written = transaction.run(entities -> {
            RowBatch batch = batch();
            batch.insertIfAbsent(shelf("a", 1, 99, 1));
            batch.insertIfAbsent(shelf("a", 2, 20, 1));
            return new RowWriter(entities, types, NEVER).write(batch.changes(), true);
        });

        assertThat(written).isEqualTo(1);
        assertThat(server.database().rows("SELECT number, count FROM shelves ORDER BY 1"))
                .containsExactly("1 | 10", "2 | 20");
    }

    @Test
    void stopsAtARowThatIsMissingOrAtAnotherVersion() {
        write(rows -> rows.insert(shelf("a", 1, 10, 1)));

        assertThatThrownBy(() -> write(rows -> rows.update(shelf("a", 1, 11, 3))))
                .isInstanceOf(PoisonEventException.class)
                .hasMessage("shelves [a, 1]: version 3 projected after 1");
        assertThatThrownBy(() -> write(rows -> rows.update(shelf("a", 2, 11, 2))))
                .isInstanceOf(PoisonEventException.class)
                .hasMessage("shelves [a, 2] has changed but has no row");
        assertThat(server.database().rows("SELECT count FROM shelves")).containsExactly("10");
    }

    @Test
    void writesManyRowsInOneRoundTripATable() {
        write(rows -> {
            for (long number = 0; number < 1000; number++) {
                rows.insert(shelf("a", number, 1, 1));
                rows.insert(box(number, "a", number));
            }
        });
        write(rows -> {
            for (long number = 0; number < 1000; number++) {
                rows.update(shelf("a", number, 2, 2));
            }
        });

        assertThat(counted.executions()).hasSizeLessThanOrEqualTo(4);
        assertThat(server.database().number("SELECT sum(count) FROM shelves")).isEqualTo(2000);
    }

    @Test
    void copiesTheSameRowsThatItInserts() {
        List<List<String>> rows = new ArrayList<>();
        for (int copyRowsMin : List.of(NEVER, 1, 3)) {
            server.database().execute("TRUNCATE shelves, boxes");
            counted.clear();
            transaction.run(entities -> {
                RowBatch batch = batch();
                for (String house : List.of(
                        "", NASTY, "tab\tline\nreturn\r\\N", "\u00e4\u20ac\ud83d\ude00'; DROP TABLE boxes; --")) {
                    batch.insert(shelf(house, Long.MIN_VALUE, Long.MAX_VALUE, 1).set(LOCKED, false));
                    batch.update(shelf(house, Long.MIN_VALUE, -1, 2).set(LOCKED, null));
                    batch.insertIfAbsent(shelf(house, Long.MIN_VALUE, 7, 1));
                }
                batch.at(new LogPlace(2, 6, 0, Instant.parse("1999-12-31T23:59:59.999999Z")));
                batch.insert(box(1, NASTY, Long.MIN_VALUE));
                batch.insertOwn(box(2, "", Long.MIN_VALUE));
                return new RowWriter(entities, types, copyRowsMin).write(batch.changes(), false);
            });
            rows.add(server.database().rows("SELECT * FROM shelves ORDER BY house"));
            rows.get(rows.size() - 1).addAll(server.database().rows("SELECT * FROM boxes ORDER BY id"));
            assertThat(counted.executions().stream().anyMatch(sql -> sql.startsWith("INSERT INTO shelves")))
                    .isEqualTo(copyRowsMin == NEVER);
        }
        assertThat(rows.get(0)).hasSize(6);
        assertThat(rows.get(1)).isEqualTo(rows.get(0));
        assertThat(rows.get(2)).isEqualTo(rows.get(0));
    }

    @Test
    void leavesNothingOfACopyThatTheDatabaseRefuses() {
        assertThatThrownBy(() -> transaction.run(entities -> {
                    RowBatch batch = batch();
                    batch.insert(shelf("a", 1, 1, 1));
                    batch.insert(box(1, "nowhere", 1));
                    return new RowWriter(entities, types, 1).write(batch.changes(), false);
                }))
                .satisfies(failure -> assertThat(SqlFailure.of(failure)).isEqualTo(SqlFailure.DATA));
        assertThat(server.database().number("SELECT count(*) FROM shelves")).isZero();
    }

    @Test
    void refusesTwoTablesOfOneName() {
        assertThatThrownBy(() -> new RowTypes(List.of(target(SHELVES), target(SHELVES))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private int write(Consumer<RowBatch> changes) {
        return transaction.run(entities -> {
            RowBatch batch = batch();
            changes.accept(batch);
            return new RowWriter(entities, types, NEVER).write(batch.changes(), false);
        });
    }

    private static ProjectionTarget target(Table... tables) {
        return new ProjectionTarget() {
            @Override
            public String name() {
                return "shelves";
            }

            @Override
            public List<Table> tables() {
                return List.of(tables);
            }

            @Override
            public void project(ToldEvent<?> event, RowChanges rows) {
                throw new UnsupportedOperationException("rows are written by hand");
            }
        };
    }

    private static RowBatch batch() {
        return new RowBatch(new LogPlace(2, 5, 0, Instant.EPOCH));
    }

    private static Row shelf(String house, long number, long count, long version) {
        return Row.of(SHELVES)
                .set(HOUSE, house)
                .set(NUMBER, number)
                .set(COUNT, count)
                .set(VERSION, version);
    }

    private static Row box(long id, String house, long number) {
        return Row.of(BOXES).set(BOX_ID, id).set(BOX_HOUSE, house).set(BOX_NUMBER, number);
    }
}
