package io.mainstay.core.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LogPlaceTest {
    @Test
    void givesEachRowAnIdOfItsOwnInTheOrderOfTheLog() {
        Set<UUID> ids = new HashSet<>();
        for (int shard = 0; shard < 3; shard++) {
            for (long offset = 0; offset < 300; offset++) {
                ids.add(place(shard, offset, 0).id(0));
                ids.add(place(shard, offset, 0).id(1));
                ids.add(place(shard, offset, 1).id(0));
            }
        }

        assertThat(ids).hasSize(3 * 300 * 3).allMatch(id -> id.version() == 8 && id.variant() == 2);
        assertThat(place(1, 255, 0).id(0).toString())
                .isLessThan(place(0, 256, 0).id(0).toString());
        assertThat(place(1, 7, 2).id(1)).isEqualTo(place(1, 7, 2).id(1));
    }

    @Test
    void refusesAPlaceThatNoIdCanHold() {
        assertThatThrownBy(() -> place(4096, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> place(0, 1L << 48, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static LogPlace place(int shard, long offset, int index) {
        return new LogPlace(shard, offset, index, Instant.EPOCH);
    }
}
