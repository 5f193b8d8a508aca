package io.mainstay.core.table;

import static org.assertj.core.api.Assertions.assertThat;

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
        // Ids whose halves cancel each other out all have the same home.
        for (int index = 0; index < 30; index++) {
            ring.add(new UUID(Long.rotateLeft(index, 32), index));
        }
        for (int gone = 0; gone < 15; gone++) {
            ring.removeOldest();
        }
        for (int index = 0; index < 30; index++) {
            assertThat(ring.find(new UUID(Long.rotateLeft(index, 32), index)))
                    .isEqualTo(index < 15 ? IdRing.NONE : index);
        }
    }
}
