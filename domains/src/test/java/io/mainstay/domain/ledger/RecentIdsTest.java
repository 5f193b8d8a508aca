package io.mainstay.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RecentIdsTest {
    @Test
    void takingBackBringsBackWhatWentForIt() {
        RecentIds ids = new RecentIds(24);
        for (int number = 0; number < 1000; number++) {
            ids.add(id(number));
            List<UUID> before = all(ids);
            for (int undone = 1; undone <= 300; undone++) {
                ids.add(id(10_000 + undone));
            }
            for (int undone = 300; undone >= 1; undone--) {
                ids.removeNewest(id(10_000 + undone));
            }
            assertThat(all(ids)).isEqualTo(before);
            assertThat(before).allMatch(ids::contains);
            assertThat(ids.contains(id(10_001))).isFalse();
        }
    }

    private static List<UUID> all(RecentIds ids) {
        List<UUID> all = new ArrayList<>();
        ids.oldestFirst(all::add);
        return all;
    }

    private static UUID id(int number) {
        return new UUID(number * 31L, number);
    }
}
