package io.mainstay.core.replay;

/** Takes stored frames one by one. */
public interface FrameSink {
    /**
     * Takes a frame; returns false to end the reading.
     *
     * @param place where it stands, for people: a file, a queue
     */
    boolean take(byte[] frame, String place);
}
