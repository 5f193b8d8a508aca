package io.mainstay.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;

/**
 * Syncs a long file little by little while it is written: one big sync at the end would hold the syncs of the broker's
 * journal, on the same disk, for as long as it takes.
 */
final class SyncedWrites {
    private static final int UNSYNCED_BYTES_MAX = 1 << 20;

    private final FileChannel file;
    private int unsyncedBytes;

    SyncedWrites(FileChannel file) {
        this.file = file;
    }

    /** Some bytes were written into the file. */
    void wrote(int bytes) throws IOException {
        unsyncedBytes += bytes;
        if (unsyncedBytes >= UNSYNCED_BYTES_MAX) {
            unsyncedBytes = 0;
            file.force(false);
        }
    }

    /** Some bytes were written through a buffer. */
    void wrote(OutputStream buffer, int bytes) {
        try {
            if (unsyncedBytes + bytes >= UNSYNCED_BYTES_MAX) {
                buffer.flush();
            }
            wrote(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
