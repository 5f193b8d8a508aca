package io.mainstay.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.route.Homes;
import io.mainstay.core.route.Route;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CommandRouterTest {
    private static final int SHARDS = 4;
    private static final UUID ID = new UUID(1, 2);
    private static final UUID OTHER = new UUID(3, 4);

    /** By the hash of their names: on shard 2, and on shard 1. */
    private static final Route MAIN = new Route.Creating("main", ID);

    private static final Route A = new Route.Creating("a", ID);
    private static final Outcome REFUSED = new Outcome.Overloaded(2, 1000);
    private static final Outcome UNKNOWN = new Outcome.Unknown(2, "the log broke");

    private final CommandRouter router = new CommandRouter(SHARDS);

    @Test
    void aNewAggregateGoesToTheShardOfItsKeyAndStaysThere() {
        allRecover();
        isSent(MAIN, 2);
        router.aggregates().know(ID, 2);
        router.settle(MAIN, REFUSED);
        isSent(MAIN, 2);
        isSent(A, 2);
        isSent(new Route.Existing(List.of(ID)), 2);
        assertThat(router.locate(ID)).hasValue(2);
    }

    @Test
    void aClaimedIdIsNotMadeElsewhere() {
        allRecover();
        isSent(MAIN, 2);
        isRefused(A, 1);
        isSent(MAIN, 2);
        router.settle(MAIN, REFUSED);
        isRefused(A, 1);
        router.settle(MAIN, REFUSED);
        isSent(A, 1);
    }

    @Test
    void aClaimOutlivesAnUnknownFateUntilTheShardHasRecovered() {
        allRecover();
        isSent(MAIN, 2);
        router.settle(MAIN, UNKNOWN);
        isRefused(A, 1);
        router.recovered(1);
        isRefused(A, 1);
        router.recovered(2);
        isSent(A, 1);
    }

    @Test
    void aClaimOfUnknownFateThatWasDoneIsKnownAfterRecovery() {
        allRecover();
        isSent(MAIN, 2);
        router.settle(MAIN, UNKNOWN);
        router.aggregates().know(ID, 2);
        router.recovered(2);
        isSent(A, 2);
    }

    @Test
    void whatNobodyIsKnownToHoldWaitsForEveryShard() {
        recover(0, 1, 2);
        router.aggregates().know(ID, 2);
        isSent(new Route.Existing(List.of(ID)), 2);
        isSent(MAIN, 2);
        isRefused(new Route.Existing(List.of(ID, OTHER)), 3);
        isRefused(new Route.Creating("main", OTHER), 3);
        assertThatThrownBy(() -> router.locate(OTHER))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("shard 3: it has not recovered yet");
        recover(3);
        isSent(new Route.Existing(List.of(ID, OTHER)), 2);
        isSent(new Route.Creating("main", OTHER), 2);
        assertThat(router.locate(new UUID(5, 6))).isEmpty();
    }

    @Test
    void aggregatesOfDifferentShardsDoNotMeet() {
        allRecover();
        router.aggregates().know(ID, 2);
        router.aggregates().know(OTHER, 1);
        assertThat(router.route(new Route.Existing(List.of(ID, OTHER))))
                .isEqualTo(new Destination.Refused(new Outcome.CrossShard()));
    }

    @Test
    void threadsThatMakeTheSameIdAreNeverOnTwoShardsAtOnce() throws Exception {
        allRecover();
        AtomicInteger[] under = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
        Callable<Integer> client = () -> {
            int sent = 0;
            for (int turn = 0; turn < 20_000; turn++) {
                Route route = (turn & 1) == 0 ? MAIN : A;
                if (router.route(route) instanceof Destination.Shard(var shard, var homes)) {
                    under[shard].incrementAndGet();
                    assertThat(under[3 - shard].get())
                            .as("under way on the other shard")
                            .isZero();
                    under[shard].decrementAndGet();
                    router.settle(route, REFUSED);
                    sent++;
                }
            }
            return sent;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Integer> sent : threads.invokeAll(List.of(client, client, client, client))) {
                assertThat(sent.get(1, TimeUnit.MINUTES)).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatSpansShardsByItselfDoesNotInAGroup() {
        allRecover();
        UUID here = new UUID(21, 1);
        UUID there = new UUID(21, 2);
        router.aggregates().know(here, 0);
        router.aggregates().know(there, 1);
        Route spanning = new Route.Spanning(List.of(here, there));
        assertThat(router.route(spanning))
                .isEqualTo(new Destination.Shard(0, new Homes(List.of(new Homes.Home(there, 1)))));
        assertThat(router.route(new Route.Several(List.of(spanning))))
                .isEqualTo(new Destination.Refused(new Outcome.CrossShard()));
    }

    private void allRecover() {
        IntStream.range(0, SHARDS).forEach(router::recovered);
    }

    private void recover(int... shards) {
        IntStream.of(shards).forEach(router::recovered);
    }

    private void isSent(Route route, int shard) {
        assertThat(router.route(route)).isEqualTo(new Destination.Shard(shard, Homes.HERE));
    }

    private void isRefused(Route route, int shard) {
        assertThat(router.route(route))
                .isInstanceOfSatisfying(
                        Destination.Refused.class,
                        refused -> assertThat(refused.outcome())
                                .isInstanceOfSatisfying(
                                        Outcome.Unavailable.class,
                                        unavailable ->
                                                assertThat(unavailable.shard()).isEqualTo(shard)));
    }
}
