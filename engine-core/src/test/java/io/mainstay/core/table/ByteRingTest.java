package io.mainstay.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ByteRingTest {
    private final ByteRing ring = new ByteRing();
    private final Random random = new Random(1);

    @Test
    void findsEachRunUntilItIsRemoved() {
        ArrayDeque<Run> runs = new ArrayDeque<>();
        for (int step = 0; step < 60_000; step++) {
            boolean growing = step % 20_000 < 12_000;
            if (runs.isEmpty() || random.nextInt(10) < (growing ? 8 : 3)) {
                runs.add(add(random.nextInt(1000) == 0 ? 200_000 : random.nextInt(600)));
            } else {
                runs.remove();
                if (!runs.isEmpty()) {
                    ring.removeBefore(runs.element().address());
                }
            }
            if (!runs.isEmpty()) {
                check(runs.getFirst());
                check(runs.getLast());
            }
        }
        assertThat(runs).isNotEmpty().allSatisfy(this::check);
    }

    @Test
    void makesNoGarbageInTheLongRun() {
        Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Run> runs = new ArrayDeque<>();
        for (int step = 0; step < 100_000; step++) {
            runs.add(add(150));
            arrays.add(ring.array(runs.getLast().address()));
            if (runs.size() > 10_000) {
                runs.remove();
                ring.removeBefore(runs.element().address());
            }
        }
        assertThat(arrays).hasSizeLessThan(30);
    }

    private Run add(int count) {
        byte[] bytes = new byte[count + 20];
        random.nextBytes(bytes);
        return new Run(ring.add(bytes, 10, count), Arrays.copyOfRange(bytes, 10, 10 + count));
    }

    private void check(Run run) {
        int from = ring.offset(run.address());
        assertThat(Arrays.copyOfRange(ring.array(run.address()), from, from + run.bytes().length))
                .isEqualTo(run.bytes());
    }

    private record Run(long address, byte[] bytes) {}
}
