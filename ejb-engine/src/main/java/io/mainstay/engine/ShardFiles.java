package io.mainstay.engine;

import io.mainstay.core.snapshot.SnapshotStore;
import java.nio.file.Path;

/** Where one shard keeps its files. */
public record ShardFiles(SnapshotStore snapshots, FileLogArchive archive) {
    public static ShardFiles in(Path home, int shard) {
        return new ShardFiles(
                new FileSnapshotStore(home.resolve("snapshots/shard-" + shard)),
                new FileLogArchive(home.resolve("archive/shard-" + shard)));
    }

    ShardFiles with(SnapshotStore others) {
        return new ShardFiles(others, archive);
    }
}
