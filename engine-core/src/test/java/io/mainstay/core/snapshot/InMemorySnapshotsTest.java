package io.mainstay.core.snapshot;

final class InMemorySnapshotsTest extends SnapshotStoreContract {
    private final InMemorySnapshots snapshots = new InMemorySnapshots();

    @Override
    protected SnapshotStore store() {
        return snapshots;
    }
}
