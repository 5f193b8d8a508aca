package io.mainstay.engine;

import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotSink;
import io.mainstay.core.snapshot.SnapshotStore;
import java.util.List;
import java.util.function.Consumer;

/** Tells of each snapshot that was written whole. */
record NotedSnapshots(SnapshotStore store, Consumer<SnapshotId> written) implements SnapshotStore {
    @Override
    public List<SnapshotId> list() {
        return store.list();
    }

    @Override
    public void write(SnapshotId id, Consumer<SnapshotSink> content) {
        store.write(id, content);
        written.accept(id);
    }

    @Override
    public void read(SnapshotId id, Consumer<byte[]> chunks) {
        store.read(id, chunks);
    }

    @Override
    public void retain(int newest) {
        store.retain(newest);
    }
}
