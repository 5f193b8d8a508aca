package io.mainstay.verification.audit;

import io.mainstay.core.log.RetainedLog;
import java.util.function.Consumer;

/** Stands for a live log that is not read. */
final class NoLiveLog implements RetainedLog {
    @Override
    public void read(Consumer<byte[]> frames) {}

    @Override
    public long truncate(long keepFromSequence, Consumer<byte[]> archive, Runnable sync) {
        return 0;
    }
}
