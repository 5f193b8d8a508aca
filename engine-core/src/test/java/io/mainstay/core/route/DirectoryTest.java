package io.mainstay.core.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import java.util.List;
import java.util.UUID;
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
}
