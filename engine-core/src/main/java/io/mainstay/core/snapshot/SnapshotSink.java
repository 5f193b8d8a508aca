package io.mainstay.core.snapshot;

/** Takes the chunks of a snapshot that is being written. */
public interface SnapshotSink {
    /** The first {@code size} bytes, which may be reused when the call returns. */
    void chunk(byte[] bytes, int size);
}
