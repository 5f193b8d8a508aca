package io.mainstay.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class IdRingTest {
    private final IdRing ring = new IdRing();

    @Test
    void doesWhatALinkedMapDoes() {
        Map<UUID, Long> map = new LinkedHashMap<>();
        Random random = new Random(1);
        for (int step = 0; step < 400_000; step++) {
            UUID id = new UUID(random.nextInt(1 + step / 20), random.nextInt(4));
            assertThat(ring.find(id)).isEqualTo(map.getOrDefault(id, IdRing.NONE));
            boolean growing = step % 40_000 < 20_000;
            if (random.nextInt(10) < (growing ? 9 : 4)) {
                if (!map.containsKey(id)) {
                    map.put(id, ring.add(id));
                }
            } else if (!map.isEmpty()) {
                Iterator<UUID> oldest = map.keySet().iterator();
                assertThat(ring.id(ring.oldest())).isEqualTo(oldest.next());
                oldest.remove();
                ring.removeOldest();
            }
            assertThat(ring.size()).isEqualTo(map.size());
        }
        assertThat(ring.rows()).as("it grew").isGreaterThan(4096);
        long position = ring.oldest();
        for (UUID id : map.keySet()) {
            assertThat(ring.id(position)).isEqualTo(id);
            assertThat(ring.find(id)).isEqualTo(position++);
        }
    }

    @Test
    void idsThatShareAPlaceAreFoundAfterTheOldestIsGone() {
        for (int index = 0; index < 70; index++) {
            ring.add(sharing(index));
        }
        for (int gone = 0; gone < 35; gone++) {
            ring.removeOldest();
        }
        for (int index = 70; index < 90; index++) {
            assertThat(ring.find(sharing(index))).isEqualTo(IdRing.NONE);
            assertThat(ring.add(sharing(index))).isEqualTo(index);
        }
        for (int index = 0; index < 90; index++) {
            assertThat(ring.find(sharing(index))).isEqualTo(index < 35 ? IdRing.NONE : index);
        }
    }

    @Test
    void staysRightWhileFull() {
        Random random = new Random(2);
        int rows = ring.rows();
        for (long position = 0; position < 400L * rows; position++) {
            if (ring.size() == rows) {
                UUID oldest = ring.id(ring.oldest());
                assertThat(ring.find(oldest)).isEqualTo(ring.oldest());
                ring.removeOldest();
                assertThat(ring.find(oldest)).isEqualTo(IdRing.NONE);
            }
            UUID id = new UUID(random.nextLong(), random.nextLong());
            assertThat(ring.find(id)).isEqualTo(IdRing.NONE);
            assertThat(ring.add(id)).isEqualTo(position);
        }
        assertThat(ring.rows()).as("it did not grow").isEqualTo(rows);
        for (long position = ring.oldest(); position < ring.next(); position++) {
            assertThat(ring.find(ring.id(position))).isEqualTo(position);
        }
    }

    @Test
    void takesBackWhatItDidLast() {
        for (int index = 0; index < 40; index++) {
            ring.add(sharing(index));
        }
        ring.removeOldest();
        ring.add(sharing(40));

        ring.removeNewest();
        ring.restoreOldest();

        assertThat(ring.find(sharing(40))).isEqualTo(IdRing.NONE);
        for (int index = 0; index < 40; index++) {
            assertThat(ring.find(sharing(index))).isEqualTo(index);
        }
        assertThatThrownBy(ring::restoreOldest).hasMessageContaining("nothing to restore");
    }

    /** Ids that the ring's hash cannot tell apart. */
    private static UUID sharing(int index) {
        return new UUID(index, -0x9E3779B97F4A7C15L * index);
    }
}
