package io.mainstay.verification.benchmark;

import io.mainstay.core.log.Append;
import io.mainstay.core.log.WriteAheadLog;
import java.util.function.Consumer;

/** A log that begins empty, keeps nothing and says at once that it is durable: what is left is the engine's own cost. */
final class DurableAtOnce implements WriteAheadLog {
    private static final Append DURABLE = new Append() {
        @Override
        public State state() {
            return State.DURABLE;
        }

        @Override
        public String failure() {
            return "";
        }
    };

    @Override
    public void recover(Consumer<byte[]> frames) {}

    @Override
    public Append append(long sequence, byte[] frame, int size) {
        return DURABLE;
    }

    @Override
    public void close() {}
}
