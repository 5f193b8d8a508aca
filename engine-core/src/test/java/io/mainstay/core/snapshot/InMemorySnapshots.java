package io.mainstay.core.snapshot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Snapshots in memory, for tests: they can be damaged on demand. */
public final class InMemorySnapshots implements SnapshotStore {
    private final TreeMap<SnapshotId, List<byte[]>> snapshots = new TreeMap<>(Comparator.reverseOrder());

    @Override
    public List<SnapshotId> list() {
        return List.copyOf(snapshots.keySet());
    }

    @Override
    public void write(SnapshotId id, Consumer<SnapshotSink> content) {
        List<byte[]> chunks = new ArrayList<>();
        content.accept((bytes, size) -> chunks.add(Arrays.copyOf(bytes, size)));
        snapshots.put(id, chunks);
    }

    @Override
    public void read(SnapshotId id, Consumer<byte[]> chunks) {
        List<byte[]> found = snapshots.get(id);
        if (found == null) {
            throw new SnapshotDamagedException("there is none of that name");
        }
        found.forEach(chunks);
    }

    @Override
    public void retain(int newest) {
        while (snapshots.size() > newest) {
            snapshots.pollLastEntry();
        }
    }

    /** Cuts the end of a snapshot off. */
    public void damage(SnapshotId id) {
        List<byte[]> chunks = snapshots.get(id);
        if (chunks != null) {
            chunks.remove(chunks.size() - 1);
        }
    }
}
