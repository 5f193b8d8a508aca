package io.mainstay.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every snapshot store has to hold to; run against the fake and against the real one. */
public abstract class SnapshotStoreContract {
    protected static final SnapshotId ONE = new SnapshotId(1, 10);
    protected static final SnapshotId TWO = new SnapshotId(2, 20);
    protected static final SnapshotId THREE = new SnapshotId(3, 20);

    protected abstract SnapshotStore store();

    @Test
    void givesBackChunksInOrder() {
        write(ONE, "a", "", "c".repeat(1 << 20));
        assertThat(read(ONE)).containsExactly("a", "", "c".repeat(1 << 20));
    }

    @Test
    void listsNewestFirst() {
        write(ONE, "1");
        write(THREE, "3");
        write(TWO, "2");
        assertThat(store().list()).containsExactly(THREE, TWO, ONE);
    }

    @Test
    void retainsTheNewest() {
        write(ONE, "1");
        write(TWO, "2");
        write(THREE, "3");
        store().retain(2);
        assertThat(store().list()).containsExactly(THREE, TWO);
        assertThat(read(TWO)).containsExactly("2");
    }

    @Test
    void aSnapshotThatFailsHalfWayIsNotThere() {
        assertThatThrownBy(() -> store().write(ONE, sink -> {
                    sink.chunk(new byte[100], 100);
                    throw new IllegalStateException("half way");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store().list()).isEmpty();
    }

    @Test
    void aSnapshotCanBeWrittenAgain() {
        write(ONE, "old");
        write(ONE, "new");
        assertThat(read(ONE)).containsExactly("new");
    }

    protected void write(SnapshotId id, String... chunks) {
        store().write(id, sink -> {
            for (String chunk : chunks) {
                byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
                sink.chunk(bytes, bytes.length);
            }
        });
    }

    protected List<String> read(SnapshotId id) {
        List<String> chunks = new ArrayList<>();
        store().read(id, chunk -> chunks.add(new String(chunk, StandardCharsets.UTF_8)));
        return chunks;
    }
}
