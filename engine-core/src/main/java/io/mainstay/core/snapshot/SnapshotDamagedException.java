package io.mainstay.core.snapshot;

/** A snapshot is not what was written: the one before it has to do. */
public final class SnapshotDamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SnapshotDamagedException(String message) {
        super(message);
    }

    public SnapshotDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
