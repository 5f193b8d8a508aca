package io.mainstay.verification.simulation;

import io.mainstay.core.log.Append;
import io.mainstay.core.log.WriteAheadLog;
import java.util.function.Consumer;

/** Passes everything on to an honest log; a test overrides what it wants to lie about. */
class LyingLog implements WriteAheadLog {
    private final WriteAheadLog honest;

    LyingLog(WriteAheadLog honest) {
        this.honest = honest;
    }

    @Override
    public void recover(Consumer<byte[]> frames) {
        honest.recover(frames);
    }

    @Override
    public Append append(long sequence, byte[] frame, int size) {
        return honest.append(sequence, frame, size);
    }

    @Override
    public void close() {
        honest.close();
    }
}
