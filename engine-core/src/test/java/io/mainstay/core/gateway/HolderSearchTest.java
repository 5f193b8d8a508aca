package io.mainstay.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.route.Homes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class HolderSearchTest {
    private final List<Destination> found = new ArrayList<>();
    private final HolderSearch search =
            new HolderSearch(new Destination.Search(new UUID(1, 2), shard(1)), 3, found::add);

    @Test
    void theShardThatHoldsItIsTakenWhenAllHaveAnswered() {
        search.answer(shard(0), false);
        search.answer(shard(2), true);
        assertThat(found).isEmpty();
        search.answer(shard(1), false);
        assertThat(found).containsExactly(shard(2));
    }

    @Test
    void whatSeveralHoldIsRefusedWhoeverIsFaster() {
        search.answer(shard(2), true);
        search.answer(shard(0), true);
        search.answer(shard(1), false);
        assertThat(found)
                .singleElement()
                .isInstanceOfSatisfying(
                        Destination.Refused.class,
                        refused -> assertThat(refused.outcome())
                                .isInstanceOfSatisfying(
                                        Outcome.Denied.class,
                                        denied -> assertThat(denied.rejection().message())
                                                .contains("Shards [0, 2] each hold")));
    }

    @Test
    void whatNobodyHoldsGoesWhereItAlwaysGoes() {
        search.answer(shard(0), false);
        search.answer(shard(2), false);
        assertThat(found).isEmpty();
        search.answer(shard(1), false);
        assertThat(found).containsExactly(shard(1));
    }

    @Test
    void aShardThatDoesNotAnswerMayHoldIt() {
        search.refuse(2);
        search.answer(shard(0), true);
        search.answer(shard(1), false);
        assertThat(found)
                .singleElement()
                .isInstanceOfSatisfying(
                        Destination.Refused.class,
                        refused -> assertThat(refused.outcome())
                                .isInstanceOfSatisfying(
                                        Outcome.Unavailable.class,
                                        unavailable ->
                                                assertThat(unavailable.shard()).isEqualTo(2)));
    }

    private static Destination.Shard shard(int number) {
        return new Destination.Shard(number, Homes.HERE);
    }
}
