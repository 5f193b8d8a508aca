package io.mainstay.verification.simulation;

import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What truly is in a shard's log, from its first frame, whatever was truncated since. Reads each frame when it becomes
 * durable, by rules of its own, and checks that frames follow each other without a gap, a fork or a step back in time.
 */
final class History {
    private static final int HASH_BYTES = 32;

    private final int shard;
    private final List<Entry> entries = new ArrayList<>();
    private final List<LoggedOutcome> outcomes = new ArrayList<>();
    private byte[] hash = new byte[HASH_BYTES];
    private long sequence;
    private int epoch;
    private long timestampMicros;

    History(int shard) {
        this.shard = shard;
    }

    /** A copy that goes on with other frames. */
    History copy() {
        History copy = new History(shard);
        copy.entries.addAll(entries);
        copy.outcomes.addAll(outcomes);
        copy.hash = hash;
        copy.sequence = sequence;
        copy.epoch = epoch;
        copy.timestampMicros = timestampMicros;
        return copy;
    }

    int shard() {
        return shard;
    }

    /** The offset after the last durable command. */
    long offset() {
        return entries.size();
    }

    Entry entry(long offset) {
        return entries.get((int) offset);
    }

    /** The outcomes that the log tells, of the first commands without a gap. */
    List<LoggedOutcome> outcomes() {
        return outcomes;
    }

    void read(byte[] bytes) {
        LogFrame frame = LogFrame.parse(bytes);
        FrameHeader header = frame.header();
        boolean next = header.sequence() == sequence && Arrays.equals(header.previousHash(), hash);
        if (!next) {
            // Behind a refused frame, or a repetition; but a new owner never starts below where the log ends.
            boolean forks = header.epoch() > epoch && header.sequence() <= sequence;
            require(!forks, "a new owner forks the log off at frame", header.sequence(), sequence);
            return;
        }
        require(header.shard() == shard, "shard", header.shard(), shard);
        require(header.epoch() >= epoch, "epoch goes back to", header.epoch(), epoch);
        require(header.firstOffset() == offset(), "offset", header.firstOffset(), offset());
        require(header.timestampMicros() >= timestampMicros, "time", header.timestampMicros(), timestampMicros);
        frame.executed().forEach(this::tell);
        int left = frame.entries().size();
        for (LogEntry entry : frame.entries()) {
            entries.add(new Entry(offset(), entry, header.timestampMicros(), --left == 0));
        }
        hash = frame.hash();
        sequence++;
        epoch = header.epoch();
        timestampMicros = header.timestampMicros();
    }

    private void tell(ExecutedBatch batch) {
        require(batch.firstOffset() == outcomes.size(), "outcomes from offset", batch.firstOffset(), outcomes.size());
        outcomes.addAll(batch.outcomes());
        require(outcomes.size() <= entries.size(), "outcomes up to offset", outcomes.size(), entries.size());
    }

    private void require(boolean condition, String what, long found, long expected) {
        if (!condition) {
            throw new InvariantBroken(
                    "LogIsUnbroken", "shard %d: %s %d, expected %d".formatted(shard, what, found, expected));
        }
    }

    /** What is durable at an offset; the last of its frame ends a batch. */
    record Entry(long offset, LogEntry logged, long timestampMicros, boolean lastOfBatch) {
        /** Throws {@link ClassCastException} if it is a message or an acknowledgement. */
        LoggedCommand command() {
            return (LoggedCommand) logged;
        }
    }
}
