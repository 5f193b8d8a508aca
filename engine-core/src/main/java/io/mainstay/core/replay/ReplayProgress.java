package io.mainstay.core.replay;

/** Told how far a replay has come; called for every frame, so it must be cheap. The host has the clock. */
public interface ReplayProgress {
    ReplayProgress NONE = (offset, bytes) -> {};

    /**
     * The replay has read up to a command.
     *
     * @param offset of the next command
     * @param bytes of the frame just read
     */
    void reached(long offset, int bytes);
}
