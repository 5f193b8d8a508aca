package io.mainstay.core.replay;

import java.util.List;

/** Takes a replay: a projection, an export, a test. */
public interface ReplayTarget {
    /** How many frames it takes in the next call, 0 for none now: this is the back-pressure. */
    int room();

    /**
     * Takes some frames, oldest first, as many as it had room for at most. What it has taken when a checkpoint is saved
     * must survive a crash by then; frames behind the last checkpoint come again.
     */
    void take(List<ReplayedFrame> frames);
}
