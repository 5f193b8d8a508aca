package io.mainstay.verification.simulation;

import java.util.Locale;

/** What goes wrong in a run, and what is done to a node in the course of its work. */
enum Fault {
    SHARD_CRASH,
    NODE_CRASH,
    TAKEOVER,
    ORDERLY_RESTART,
    SHARD_PAUSED,
    SHARD_DRAINED,
    SHARD_RESUMED,
    UPGRADE,
    APPEND_REFUSED,
    APPEND_REFUSED_BUT_WRITTEN,
    APPEND_THROWN,
    APPEND_FENCED,
    FRAME_TWICE,
    LOG_STALLED,
    UNSYNCED_LOST,
    ANSWERED_LOST,
    TAIL_TORN,
    RECOVERY_BROKEN_OFF,
    MESSAGE_LOST,
    MESSAGE_TWICE,
    MESSAGE_OVERTAKEN,
    CLOCK_LEAP,
    CLOCK_BACK,
    SNAPSHOT_TAKEN,
    SNAPSHOT_REFUSED,
    SNAPSHOT_DAMAGED,
    LOG_TRUNCATED,
    BIT_FLIPPED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
