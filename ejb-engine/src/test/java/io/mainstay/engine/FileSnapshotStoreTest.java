package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.snapshot.SnapshotDamagedException;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.snapshot.SnapshotStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSnapshotStoreTest extends SnapshotStoreContract {
    @TempDir
    private Path directory;

    @Override
    protected SnapshotStore store() {
        return new FileSnapshotStore(directory.resolve("shard-0"));
    }

    @Test
    void anyFlippedByteIsDamage() throws IOException {
        write(ONE, "some bytes that matter", "more of them");
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int index = 0; index < whole.length; index++) {
            byte[] damaged = whole.clone();
            damaged[index] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThatThrownBy(() -> read(ONE)).as("byte %d", index).isInstanceOf(SnapshotDamagedException.class);
        }
    }

    @Test
    void anyCutIsDamage() throws IOException {
        write(ONE, "some bytes that matter", "more of them");
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        for (int size = 0; size < whole.length; size++) {
            Files.write(file, Arrays.copyOf(whole, size));
            assertThatThrownBy(() -> read(ONE)).as("%d bytes", size).isInstanceOf(SnapshotDamagedException.class);
        }
    }

    @Test
    void whatACrashLeftUnfinishedIsNoSnapshotAndGoes() throws IOException {
        write(ONE, "1");
        Path unfinished = onlyFile().resolveSibling("snapshot-x.mss.unfinished");
        Files.writeString(unfinished, "half");
        assertThat(store().list()).containsExactly(ONE);
        store().retain(2);
        assertThat(unfinished).doesNotExist();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("shard-0"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
