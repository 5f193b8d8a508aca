package io.mainstay.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DirectoryTest {
    private static final UUID ID = new UUID(1, 2);
    private final Directory directory = new Directory();

    @Test
    void theFirstClaimantsShardGetsAllClaims() {
        assertThat(directory.claim(ID, 3)).isEqualTo(3);
        assertThat(directory.claim(ID, 5)).isEqualTo(3);
        assertThat(directory.find(ID)).as("claimed is not known").isEmpty();
    }

    @Test
    void anIdIsForgottenWithItsLastClaim() {
        directory.claim(ID, 3);
        directory.claim(ID, 3);
        directory.settle(ID);
        assertThat(directory.claim(ID, 5)).isEqualTo(3);
        directory.settle(ID);
        directory.settle(ID);
        assertThat(directory.size()).isZero();
        assertThat(directory.claim(ID, 5)).isEqualTo(5);
    }

    @Test
    void aKnownIdOutlivesItsClaims() {
        directory.claim(ID, 3);
        directory.know(ID, 3);
        directory.settle(ID);
        assertThat(directory.find(ID)).hasValue(3);
        assertThat(directory.size()).isOne();
    }

    @Test
    void anIdDoesNotLiveOnTwoShards() {
        directory.know(ID, 3);
        directory.know(ID, 3);
        assertThatThrownBy(() -> directory.know(ID, 5))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("lives on shard 3, and shard 5 holds it too");
        assertThat(directory.find(ID)).hasValue(3);
    }

    @Test
    void routesExistingAggregatesToWhereTheyLive() {
        UUID other = new UUID(1, 3);
        UUID elsewhere = new UUID(1, 4);
        directory.know(ID, 3);
        directory.know(other, 3);
        directory.know(elsewhere, 1);
        ShardRouter router = new ShardRouter(4, directory);
        assertThat(router.shardOf(new Route.Existing(List.of(ID, other)))).isEqualTo(3);
        assertThat(router.shardOf(new Route.Existing(List.of(UUID.randomUUID(), other))))
                .isEqualTo(3);
        assertThat(router.shardOf(new Route.Existing(List.of(ID, elsewhere)))).isEqualTo(ShardRouter.CROSS_SHARD);
        assertThat(router.shardOf(new Route.Creating("main", elsewhere))).isEqualTo(1);
    }

    @Test
    void theShardOfAKeyNeverChanges() {
        ShardRouter router = new ShardRouter(4, directory);
        assertThat(List.of("main", "a", "b", "c", "EUR", "ledger-7").stream().map(router::shardOf))
                .containsExactly(2, 1, 2, 2, 2, 2);
    }

    /** What is known stays known and where it is, whatever others add, claim and settle in the same parts meanwhile. */
    @Test
    void findsWhatIsKnownWhileOthersChangeTheDirectory() throws Exception {
        List<UUID> known = IntStream.range(0, 1000)
                .mapToObj(index -> new UUID(index * 0x9E3779B97F4A7C15L, index))
                .toList();
        known.forEach(id -> directory.know(id, (int) id.getLeastSignificantBits() % 7));
        AtomicBoolean ends = new AtomicBoolean();
        Callable<Integer> writer = () -> {
            int turns = 0;
            for (long turn = 0; !ends.get(); turn++) {
                UUID id = new UUID(turn * 0xBF58476D1CE4E5B9L, -turn - 1);
                directory.claim(id, 3);
                if (turn % 16 == 0) {
                    directory.know(id, 3);
                }
                directory.settle(id);
                turns++;
            }
            return turns;
        };
        Callable<Integer> reader = () -> {
            int wrong = 0;
            for (int round = 0; round < 3000; round++) {
                for (UUID id : known) {
                    wrong += directory.find(id).orElse(-1) == (int) id.getLeastSignificantBits() % 7 ? 0 : 1;
                }
                wrong += directory.find(new UUID(round, 1L << 40)).isPresent() ? 1 : 0;
            }
            return wrong;
        };
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<Integer> writing = threads.submit(writer);
            List<Future<Integer>> reading = List.of(threads.submit(reader), threads.submit(reader));
            for (Future<Integer> each : reading) {
                assertThat(each.get(1, TimeUnit.MINUTES)).as("wrong answers").isZero();
            }
            ends.set(true);
            assertThat(writing.get(1, TimeUnit.MINUTES)).isPositive();
        } finally {
            ends.set(true);
            threads.shutdownNow();
        }
    }
}
