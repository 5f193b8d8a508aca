package io.mainstay.verification.simulation;

import io.mainstay.core.log.Append;
import io.mainstay.core.log.WriteAheadLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log as one life of a shard sees it: what was durable when it began, and all that it has appended since. A shard that
 * answers before the sync goes by this, until it crashes.
 */
final class LifeLog implements WriteAheadLog {
    private final WriteAheadLog log;
    private final ShardStorage storage;
    private final List<byte[]> appended = new ArrayList<>();
    private @Nullable History history;
    private @Nullable Reference reference;

    LifeLog(WriteAheadLog log, ShardStorage storage) {
        this.log = log;
        this.storage = storage;
    }

    /** With what is not durable yet. */
    History history() {
        History whole = begun(history);
        appended.forEach(whole::read);
        appended.clear();
        return whole;
    }

    /** What has to follow from {@link #history}. */
    Reference reference() {
        history();
        return begun(reference);
    }

    @Override
    public void recover(Consumer<byte[]> frames) {
        log.recover(frames);
        History fresh = storage.log().history().copy();
        history = fresh;
        reference = storage.reference().on(fresh);
    }

    @Override
    public Append append(long sequence, byte[] frame, int size) {
        Append append = log.append(sequence, frame, size);
        appended.add(Arrays.copyOf(frame, size));
        return append;
    }

    @Override
    public void close() {
        log.close();
    }

    private static <T> T begun(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the shard has not read its log yet");
        }
        return part;
    }
}
