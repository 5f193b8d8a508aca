package io.mainstay.engine;

import io.mainstay.core.snapshot.SnapshotStore;
import java.nio.file.Path;

/**
 * Where one shard keeps its files.
 *
 * @param reached the offset that it had come to lately
 */
public record ShardFiles(SnapshotStore snapshots, FileLogArchive archive, OffsetFile reached) {
    /** With segments of the usual size. */
    public static ShardFiles in(Path home, int shard) {
        return in(home, shard, ArchiveConfig.DEFAULT);
    }

    public static ShardFiles in(Path home, int shard, ArchiveConfig config) {
        Path snapshots = home.resolve("snapshots/shard-" + shard);
        return new ShardFiles(
                new FileSnapshotStore(snapshots),
                new FileLogArchive(home.resolve("archive/shard-" + shard), shard, config.segmentBytes()),
                new OffsetFile(snapshots.resolve("reached.offset")));
    }

    ShardFiles with(SnapshotStore others) {
        return new ShardFiles(others, archive, reached);
    }
}
