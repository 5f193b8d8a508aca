package io.mainstay.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class IdTableTest {
    private final IdTable table = new IdTable();

    @Test
    void doesWhatAMapDoes() {
        Map<UUID, Integer> map = new HashMap<>();
        Random random = new Random(1);
        for (int step = 0; step < 400_000; step++) {
            int bound = 1 + step / 40;
            UUID id = new UUID(random.nextInt(bound), random.nextInt(4));
            if (random.nextInt(5) < 3) {
                table.put(id, step);
                map.put(id, step);
            } else {
                table.remove(id);
                map.remove(id);
            }
            assertThat(table.size()).isEqualTo(map.size());
            UUID other = new UUID(random.nextInt(bound), random.nextInt(4));
            assertThat(table.get(other)).isEqualTo(map.getOrDefault(other, IdTable.NONE));
        }
        assertThat(map).hasSizeGreaterThan(1000);
        map.forEach((id, number) -> assertThat(table.get(id)).isEqualTo(number));
    }

    @Test
    void idsThatShareAPlaceAreFoundAfterOneOfThemIsGone() {
        // Ids whose halves cancel each other out all have the same home.
        for (int index = 0; index < 30; index++) {
            table.put(new UUID(Long.rotateLeft(index, 32), index), index);
        }
        for (int gone = 0; gone < 30; gone += 2) {
            table.remove(new UUID(Long.rotateLeft(gone, 32), gone));
        }
        assertThat(table.size()).isEqualTo(15);
        for (int index = 0; index < 30; index++) {
            assertThat(table.get(new UUID(Long.rotateLeft(index, 32), index)))
                    .isEqualTo(index % 2 == 0 ? IdTable.NONE : index);
        }
    }

    @Test
    void theIdOfZerosIsAnIdLikeOthers() {
        UUID zeros = new UUID(0, 0);
        assertThat(table.get(zeros)).isEqualTo(IdTable.NONE);
        table.put(zeros, 0);
        assertThat(table.get(zeros)).isZero();
        table.remove(zeros);
        assertThat(table.get(zeros)).isEqualTo(IdTable.NONE);
    }

    @Test
    void refusesANumberThatMeansNone() {
        assertThatThrownBy(() -> table.put(new UUID(1, 1), -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
