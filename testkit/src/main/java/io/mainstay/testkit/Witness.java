package io.mainstay.testkit;

/** Someone who has the same events behind it, and has come by them in another way. */
interface Witness {
    /** What is special about it, for messages: {@code a replay of the events}. */
    String name();

    void apply(byte[] event);

    Verdict decide(byte[] command, Moment moment);

    /** Decides what is due. */
    Verdict elapse(Moment moment);

    Standing standing();
}
