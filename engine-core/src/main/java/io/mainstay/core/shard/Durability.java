package io.mainstay.core.shard;

/** When a shard answers a command, against when the command survives a crash. */
public sealed interface Durability {
    /** Each command is synced by itself before it is answered. A crash loses nothing that was answered. */
    record Sync() implements Durability {}

    /** What waits is synced together before it is answered. A crash loses nothing that was answered. */
    record GroupCommit() implements Durability {}

    /**
     * Commands are answered before they are synced, as long as no more than {@code countMax} of those answered are not
     * synced yet and the oldest of them is no older than {@code microsMax}; beyond that the shard waits. A crash loses at
     * most what the bounds allow, always the newest commands.
     */
    record Async(int countMax, long microsMax) implements Durability {
        public Async {
            if (countMax < 1 || microsMax < 1) {
                throw new IllegalArgumentException("async bounds of " + countMax + " commands and " + microsMax
                        + " microseconds, at least 1 wanted");
            }
        }
    }
}
