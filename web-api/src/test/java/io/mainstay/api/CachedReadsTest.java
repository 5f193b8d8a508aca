package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.api.ProjectionReads.Search;
import io.mainstay.core.access.Call;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.projection.ProjectedRows;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import liquibase.exception.LiquibaseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows in memory beside a real database, which changes behind their back or by commits that are told. */
@SuppressWarnings("NullAway.Init")
class CachedReadsTest {
    private static final UUID ROW = new UUID(1, 1);
    private static final Call CALL = KeptTable.call("", ROW);
    private static final Duration STALE_MAX = Duration.ofSeconds(1);

    private static ProjectionDatabase database;

    private final List<Consumer<ProjectedRows>> subscribed = new ArrayList<>();
    private final AtomicLong nowNanos = new AtomicLong();
    private CachedReads reads;

    @BeforeAll
    static void start() throws IOException, SQLException, LiquibaseException {
        database = ProjectionDatabase.start();
        database.execute("CREATE TABLE kept (id uuid PRIMARY KEY, tenant text, amount_minor bigint, shard int,"
                + " created_at timestamptz, updated_at timestamptz)");
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        reads = reads(STALE_MAX);
        database.execute("TRUNCATE kept, projection_positions");
        database.execute("INSERT INTO kept VALUES ('" + ROW + "', '', 1, 0, now(), now())");
        database.execute("INSERT INTO projection_positions (target, shard, next_sequence, next_offset, executed_before,"
                + " epoch, frame_hash, created_at, updated_at)"
                + " VALUES ('sql', 0, 1, 99, 10, 1, decode(repeat('00', 32), 'hex'), now(), now())");
    }

    @Test
    void answersFromMemoryWhatWasReadBefore() throws SQLException {
        assertThat(amount(read(any -> true))).isEqualTo(1);
        database.execute("TRUNCATE kept");

        assertThat(amount(read(any -> true))).isEqualTo(1);
        assertThat(reads.figures().hits()).isEqualTo(1);
        assertThat(reads.figures().misses()).isEqualTo(1);
        assertThat(reads.figures().hitRatio()).isEqualTo(0.5);
    }

    @Test
    void readsAnewWhatACommitHasChanged() throws SQLException {
        read(any -> true);
        commit(11, 2);
        tell(KeptTable.committed(10, 11, ROW));

        Search read = read(any -> true);

        assertThat(amount(read)).isEqualTo(2);
        assertThat(read.projected().shows(new Position(0, 10))).isTrue();
    }

    @Test
    void readsAnewWhatIsNotAsNewAsItIsWanted() throws SQLException {
        read(any -> true);
        commit(11, 2);

        assertThat(amount(read(search -> search.projected().shows(new Position(0, 9)))))
                .isEqualTo(1);
        assertThat(amount(read(search -> search.projected().shows(new Position(0, 10)))))
                .isEqualTo(2);
        assertThat(reads.figures().bypasses()).isEqualTo(1);
    }

    @Test
    void isAsNewAsTheCommitsThatLeftTheRowAlone() throws SQLException {
        read(any -> true);
        database.execute("UPDATE projection_positions SET executed_before = 12");
        tell(KeptTable.committed(10, 12, new UUID(9, 9)));

        read(search -> search.projected().shows(new Position(0, 11)));

        assertThat(reads.figures().hits()).isEqualTo(1);
    }

    @Test
    void isNoOlderThanTheBoundIfAnotherServerProjects() throws SQLException {
        read(any -> true);
        commit(11, 2);

        nowNanos.addAndGet(STALE_MAX.toNanos() - 1);
        assertThat(amount(read(any -> true))).isEqualTo(1);
        nowNanos.incrementAndGet();
        assertThat(amount(read(any -> true))).isEqualTo(2);
    }

    @Test
    void takesNoNoticeOfOtherTargets() throws SQLException {
        read(any -> true);
        commit(11, 2);
        tell(new ProjectedRows("events", 0, 10, 11, List.of()));

        assertThat(amount(read(search -> search.projected().shows(new Position(0, 10)))))
                .isEqualTo(2);
    }

    @Test
    void showsARowToNoOtherTenant() {
        read(any -> true);

        Call other = KeptTable.call("acme", ROW);
        assertThat(reads.cached(KeptTable.BY_KEY, other, any -> true)).isEmpty();
        assertThat(reads.search("row", KeptTable.BY_KEY, other).row()).isEmpty();
        assertThat(reads.cached(KeptTable.BY_KEY, other, any -> true)).isEmpty();
    }

    @Test
    void keepsNothingWithoutABound() {
        reads = reads(Duration.ZERO);
        read(any -> true);

        assertThat(reads.cached(KeptTable.BY_KEY, CALL, any -> true)).isEmpty();
        assertThat(subscribed).as("nobody has to tell it anything").hasSize(1);
    }

    @Test
    void isToldNothingAnyMoreAfterItsEnd() {
        reads.stop();

        assertThat(subscribed).isEmpty();
    }

    private CachedReads reads(Duration staleMax) {
        return new CachedReads(
                new ProjectionReads(database.source(), new Domains(List.of())),
                (consumer, whenReplaced) -> {
                    subscribed.add(consumer);
                    return () -> subscribed.remove(consumer);
                },
                new CacheConfig(100, staleMax),
                List.of(KeptTable.BY_KEY),
                nowNanos::get);
    }

    /** As a lookup does it. */
    private Search read(Predicate<Search> enough) {
        return reads.cached(KeptTable.BY_KEY, CALL, enough)
                .orElseGet(() -> reads.search("row", KeptTable.BY_KEY, CALL));
    }

    private static void commit(long executedBefore, long amountMinor) throws SQLException {
        database.execute("UPDATE kept SET amount_minor = " + amountMinor
                + "; UPDATE projection_positions SET executed_before = " + executedBefore);
    }

    private void tell(ProjectedRows rows) {
        subscribed.forEach(consumer -> consumer.accept(rows));
    }

    private static long amount(Search search) {
        return search.row().orElseThrow().get(KeptTable.AMOUNT);
    }
}
