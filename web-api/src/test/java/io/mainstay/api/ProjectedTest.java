package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.gateway.ShardStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProjectedTest {
    private final Projected projected = new Projected(Map.of(0, 5L, 1, 9L));

    @Test
    void showsWhatIsBelowItsPosition() {
        assertThat(projected.shows(new Position(0, 4))).isTrue();
        assertThat(projected.shows(new Position(0, 5))).isFalse();
        assertThat(projected.shows(new Position(7, 0))).isFalse();
        assertThat(projected.covers(Map.of(0, 5L, 1, 9L))).isTrue();
        assertThat(projected.covers(Map.of(0, 5L, 2, 1L))).isFalse();
    }

    @Test
    void statesThePositionOfEachShardAndTheGreatestLag() {
        Reply reply = stamped(List.of(Shards.serving(0, 7), Shards.serving(1, 8), Shards.serving(2, 1)));

        assertThat(reply.headers())
                .containsEntry("Mainstay-Projected", "0:4, 1:8, 2:-1")
                .containsEntry("Mainstay-Projection-Lag", "2");
    }

    @Test
    void statesNoLagThatTheEngineDoesNotKnow() {
        assertThat(stamped(List.of(Shards.recovering(0))).headers())
                .containsEntry("Mainstay-Projected", "0:4")
                .doesNotContainKey("Mainstay-Projection-Lag");
    }

    @Test
    void statesOneShardAlone() {
        Reply reply = projected.stamp(
                Reply.json(200, new JsonText()), 1, List.of(Shards.serving(0, 700), Shards.serving(1, 12)));

        assertThat(reply.headers())
                .containsEntry("Mainstay-Projected", "1:8")
                .containsEntry("Mainstay-Projection-Lag", "3");
    }

    private Reply stamped(List<ShardStatus> engine) {
        return projected.stamp(Reply.json(200, new JsonText()), engine);
    }
}
