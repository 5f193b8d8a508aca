package io.mainstay.core.log;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A log in memory, for tests: it keeps what was synced, and can refuse, lose and damage frames on demand. */
public final class InMemoryLog {
    private final List<byte[]> durable = new ArrayList<>();
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private boolean syncingAtOnce = true;
    private int owner;

    /** Opens the log for a new owner; the one before is fenced out as soon as the new one recovers. */
    public WriteAheadLog open() {
        return new Handle();
    }

    /** The log as those see it who do not append. */
    public RetainedLog retained() {
        return new RetainedLog() {
            @Override
            public void read(Consumer<byte[]> frames) {
                List.copyOf(durable).forEach(frame -> frames.accept(frame.clone()));
            }

            @Override
            public long truncate(long keepFromSequence, Consumer<byte[]> archive, Runnable sync) {
                long gone = 0;
                while (!durable.isEmpty()
                        && LogFrame.parse(durable.get(0)).header().sequence() < keepFromSequence) {
                    archive.accept(durable.remove(0));
                    gone++;
                }
                sync.run();
                return gone;
            }
        };
    }

    /** Appends stay pending until {@link #syncNext}. */
    public void holdAppends() {
        syncingAtOnce = false;
    }

    public void syncAtOnce() {
        syncingAtOnce = true;
        while (!pending.isEmpty()) {
            syncNext();
        }
    }

    /** Makes the oldest pending frame durable. */
    public void syncNext() {
        Pending next = pending.remove();
        durable.add(next.frame);
        next.state = Append.State.DURABLE;
    }

    /** Refuses the oldest pending frame; the ones behind it may still become durable. */
    public void failNext() {
        pending.remove().state = Append.State.FAILED;
    }

    /** Loses everything that was not synced. */
    public void crash() {
        pending.forEach(append -> append.state = Append.State.FAILED);
        pending.clear();
        owner++;
    }

    public int pendingCount() {
        return pending.size();
    }

    /** The durable frames; changing them damages the log. */
    public List<byte[]> frames() {
        return durable;
    }

    private final class Handle implements WriteAheadLog {
        private int epoch = -1;

        @Override
        public void recover(Consumer<byte[]> frames) {
            epoch = ++owner;
            pending.clear();
            List.copyOf(durable).forEach(frame -> frames.accept(frame.clone()));
        }

        @Override
        public Append append(long sequence, byte[] frame, int size) {
            if (epoch != owner) {
                throw new EngineException(Severity.RETRY, "fenced: another owner has the log");
            }
            Pending append = new Pending(Arrays.copyOf(frame, size));
            pending.add(append);
            if (syncingAtOnce) {
                syncNext();
            }
            return append;
        }

        @Override
        public void close() {
            if (epoch == owner) {
                crash();
            }
        }
    }

    private static final class Pending implements Append {
        private final byte[] frame;
        private State state = State.PENDING;

        Pending(byte[] frame) {
            this.frame = frame;
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public String failure() {
            return state == State.FAILED ? "refused by the test" : "";
        }
    }
}
