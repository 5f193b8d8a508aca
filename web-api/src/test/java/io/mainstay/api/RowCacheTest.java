package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.api.ProjectionReads.Search;
import io.mainstay.core.access.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RowCacheTest {
    private static final UUID ROW = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);
    private static final Call CALL = KeptTable.call("", ROW);
    private static final Duration STALE_MAX = Duration.ofSeconds(1);

    private static final int COMMITS = 300_000;

    private final AtomicLong nowNanos = new AtomicLong(Long.MAX_VALUE - 1000);
    private final RowCache cache =
            new RowCache(new CacheConfig(100, STALE_MAX), List.of(KeptTable.BY_KEY, KeptTable.BY_PART), nowNanos::get);

    @Test
    void statesWhereTheRowWasRead() {
        keep(1, Map.of(0, 10L, 1, 20L));

        assertThat(find().orElseThrow().projected()).isEqualTo(new Projected(Map.of(0, 10L, 1, 20L)));
    }

    @Test
    void staysRightUpToWhatWasCommittedSince() {
        cache.committed(KeptTable.committed(0, 10));
        keep(1, Map.of(0, 10L, 1, 20L));
        cache.committed(KeptTable.committed(10, 12, OTHER));
        cache.committed(KeptTable.committed(12, 15));
        cache.committed(KeptTable.committed(1, 20, 30));

        assertThat(find().orElseThrow().projected()).isEqualTo(new Projected(Map.of(0, 15L, 1, 30L)));
    }

    @Test
    void knowsNothingOfWhatAnotherServerHasProjected() {
        keep(1, Map.of(0, 10L));
        cache.committed(KeptTable.committed(11, 12));

        assertThat(find().orElseThrow().projected()).isEqualTo(new Projected(Map.of(0, 10L)));

        cache.committed(KeptTable.committed(12, 13));
        cache.committed(KeptTable.committed(14, 15));
        keep(1, Map.of(0, 13L));
        assertThat(find().orElseThrow().projected()).isEqualTo(new Projected(Map.of(0, 13L)));

        keep(1, Map.of(0, 14L));
        assertThat(find().orElseThrow().projected()).isEqualTo(new Projected(Map.of(0, 15L)));
    }

    @Test
    void forgetsARowThatIsChangedByWhicheverShard() {
        keep(1, Map.of(0, 10L, 1, 10L));
        cache.committed(KeptTable.committed(1, 10, 11, ROW));

        assertThat(find()).isEmpty();
    }

    @Test
    void forgetsAllWhenRowsWereReplaced() {
        cache.committed(KeptTable.committed(0, 10));
        keep(1, Map.of(0, 10L));
        cache.forget();
        assertThat(find()).isEmpty();

        cache.committed(KeptTable.committed(10, 12));
        keep(1, Map.of(0, 9L));
        assertThat(find().orElseThrow().projected()).isEqualTo(new Projected(Map.of(0, 9L)));
    }

    @Test
    void keepsNoReadingFromBeforeAChangeThatWasSeen() {
        cache.committed(KeptTable.committed(10, 12, ROW));

        keep(1, Map.of(0, 11L));
        assertThat(find()).isEmpty();

        keep(2, Map.of(0, 12L));
        assertThat(find()).isPresent();
    }

    @Test
    void keepsNoRowLongerThanTheBound() {
        long readNanos = cache.nowNanos();
        nowNanos.addAndGet(Duration.ofMillis(400).toNanos());
        cache.keep(KeptTable.BY_KEY, CALL, KeptTable.found(ROW, 1, Map.of()), readNanos);

        nowNanos.addAndGet(Duration.ofMillis(600).toNanos() - 1);
        assertThat(find()).isPresent();
        nowNanos.incrementAndGet();
        assertThat(find()).as("counted from when it was asked for").isEmpty();
    }

    @Test
    void staysWithTheLaterOfTwoReadings() {
        long earlierNanos = cache.nowNanos();
        nowNanos.addAndGet(1000);
        keep(2, Map.of(0, 12L));
        cache.keep(KeptTable.BY_KEY, CALL, KeptTable.found(ROW, 1, Map.of(0, 10L)), earlierNanos);

        assertThat(amount(find().orElseThrow())).isEqualTo(2);
    }

    @Test
    void showsARowToNobodyOfAnotherTenant() {
        keep(1, Map.of());

        assertThat(cache.find(KeptTable.BY_KEY, KeptTable.call("acme", ROW))).isEmpty();
        assertThat(find()).as("and it stays there").isPresent();
    }

    @Test
    void keepsNothingThatIsNotThere() {
        cache.keep(
                KeptTable.BY_KEY, CALL, new Search(Optional.empty(), new Projected(Map.of(0, 1L))), cache.nowNanos());

        assertThat(find()).isEmpty();
    }

    @Test
    void forgetsARowThatWasAskedForByAPartOfItsKey() {
        cache.keep(KeptTable.BY_PART, CALL, KeptTable.part(ROW, Map.of(0, 10L)), cache.nowNanos());
        assertThat(cache.find(KeptTable.BY_PART, CALL)).isPresent();

        cache.committed(KeptTable.committedPart(10, 11, ROW));

        assertThat(cache.find(KeptTable.BY_PART, CALL)).isEmpty();
    }

    @Test
    void keepsNothingThatItWasNotMadeFor() {
        RowCache other = new RowCache(new CacheConfig(100, STALE_MAX), List.of(KeptTable.BY_PART), nowNanos::get);
        other.keep(KeptTable.BY_KEY, CALL, KeptTable.found(ROW, 1, Map.of()), other.nowNanos());

        assertThat(other.find(KeptTable.BY_KEY, CALL)).isEmpty();
    }

    @Test
    void isBounded() {
        for (int number = 0; number < 1000; number++) {
            UUID id = new UUID(2, number);
            cache.keep(
                    KeptTable.BY_KEY, KeptTable.call("", id), KeptTable.found(id, number, Map.of()), cache.nowNanos());
        }

        assertThat(cache.count()).isLessThanOrEqualTo(100);
        assertThat(cache.evictions()).isGreaterThanOrEqualTo(900);
    }

    /** A writer commits, and is heard of later; readers read before and keep after that, as they will. */
    @Test
    void isRightAtThePositionsThatItStatesWhileRowsChange() {
        RowCache raced =
                new RowCache(new CacheConfig(100, Duration.ofMinutes(1)), List.of(KeptTable.BY_KEY), System::nanoTime);
        long[] amounts = new long[COMMITS + 1];
        AtomicReference<Search> database = new AtomicReference<>(KeptTable.found(ROW, 0, Map.of(0, 0L)));
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int next = 1; next <= COMMITS; next++) {
                boolean changes = ThreadLocalRandom.current().nextInt(8) == 0;
                amounts[next] = changes ? next : amounts[next - 1];
                database.set(KeptTable.found(ROW, amounts[next], Map.of(0, (long) next)));
                for (int spin = 0; spin < 50; spin++) {
                    Thread.onSpinWait();
                }
                raced.committed(
                        changes ? KeptTable.committed(next - 1, next, ROW) : KeptTable.committed(next - 1, next));
            }
        });
        long hits = 0;
        long ahead = 0;
        while (!writing.isDone()) {
            long readNanos = raced.nowNanos();
            Search read = Objects.requireNonNull(database.get());
            Optional<Search> found = raced.find(KeptTable.BY_KEY, CALL);
            raced.keep(KeptTable.BY_KEY, CALL, read, readNanos);
            if (found.isPresent()) {
                int before = Math.toIntExact(found.get().projected().of(0).offset() + 1);
                assertThat(amount(found.get())).as("at %d", before).isEqualTo(amounts[before]);
                hits++;
                ahead += before > amount(found.get()) ? 1 : 0;
            }
        }
        writing.join();
        assertThat(hits).isPositive();
        assertThat(ahead).as("answers of a later position than the change").isPositive();
    }

    private void keep(long amountMinor, Map<Integer, Long> before) {
        cache.keep(KeptTable.BY_KEY, CALL, KeptTable.found(ROW, amountMinor, before), cache.nowNanos());
    }

    private Optional<Search> find() {
        return cache.find(KeptTable.BY_KEY, CALL);
    }

    private static long amount(Search search) {
        return search.row().orElseThrow().get(KeptTable.AMOUNT);
    }
}
