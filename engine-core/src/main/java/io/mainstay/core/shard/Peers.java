package io.mainstay.core.shard;

/** The way from a shard to the others. Messages may be lost, doubled or late on it; shards make up for that. */
public interface Peers {
    /** For a shard that sends nothing, such as a replica. */
    Peers NONE = (shard, submission) -> false;

    /** Puts a message or an acknowledgement into a shard's mailbox, without blocking; false if it was not taken. */
    boolean offer(int shard, Submission submission);
}
