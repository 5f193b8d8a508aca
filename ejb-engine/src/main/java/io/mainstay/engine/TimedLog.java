package io.mainstay.engine;

import io.mainstay.core.EngineClock;
import io.mainstay.core.gateway.ShardStatus.Sync;
import io.mainstay.core.log.Append;
import io.mainstay.core.log.WriteAheadLog;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log that notes how long its appends take. Used by the shard's thread; asked by any. */
final class TimedLog implements WriteAheadLog {
    private final WriteAheadLog log;
    private final EngineClock clock;
    private final ArrayDeque<TimedAppend> pending = new ArrayDeque<>();
    private volatile @Nullable Sync lastSync;
    private volatile @Nullable TimedAppend oldest;

    TimedLog(WriteAheadLog log, EngineClock clock) {
        this.log = log;
        this.clock = clock;
    }

    Optional<Sync> lastSync() {
        return Optional.ofNullable(lastSync);
    }

    /** How long the oldest append has been under way; 0 if there is none. */
    long oldestMicros() {
        TimedAppend first = oldest;
        return first == null ? 0 : first.micros();
    }

    @Override
    public void recover(Consumer<byte[]> frames) {
        log.recover(frames);
    }

    @Override
    public Append append(long sequence, byte[] frame, int size) {
        TimedAppend append = new TimedAppend(log.append(sequence, frame, size));
        pending.add(append);
        oldest = pending.peek();
        return append;
    }

    @Override
    public void close() {
        log.close();
    }

    private void durable(TimedAppend append) {
        lastSync = new Sync(clock.nowMicros(), append.micros());
        pending.remove(append);
        oldest = pending.peek();
    }

    private final class TimedAppend implements Append {
        private final Append append;
        private final long startNanos = System.nanoTime();
        private boolean noted;

        TimedAppend(Append append) {
            this.append = append;
        }

        long micros() {
            return (System.nanoTime() - startNanos) / 1000;
        }

        @Override
        public State state() {
            State state = append.state();
            if (state == State.DURABLE && !noted) {
                noted = true;
                durable(this);
            }
            return state;
        }

        @Override
        public String failure() {
            return append.failure();
        }
    }
}
