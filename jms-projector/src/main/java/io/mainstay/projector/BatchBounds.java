package io.mainstay.projector;

/**
 * How much of a log is projected in one transaction, at most.
 *
 * @param bytes after which no further frame joins
 */
record BatchBounds(int frames, long bytes) {
    BatchBounds {
        if (frames < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "frames and bytes of a batch must be positive, not " + frames + " and " + bytes);
        }
    }

    /** True if no further frame joins so many, of so many bytes. */
    boolean areReached(int count, long size) {
        return count >= frames || size >= bytes;
    }

    BatchBounds twice() {
        return new BatchBounds(2 * frames, 2 * bytes);
    }
}
