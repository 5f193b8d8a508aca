package io.mainstay.verification.benchmark;

import io.mainstay.core.log.Append;
import io.mainstay.core.log.FrameHeader;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.wire.WireReader;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Counts what one shard appends, and how long until it knows that it is durable. Written by the shard's thread alone. */
final class LogMeter {
    private static final int SIZES = 1 << 12;

    private final Histogram batchCount = new Histogram(3);
    private final Histogram durableNanos = new Histogram(3);
    private final int[] sizes = new int[SIZES];
    private long appends;
    private long bytes;
    private volatile boolean measuring;

    /** From now on, or not any more. */
    void measure(boolean now) {
        measuring = now;
    }

    Histogram batchCount() {
        return batchCount;
    }

    Histogram durableNanos() {
        return durableNanos;
    }

    long appends() {
        return appends;
    }

    long bytes() {
        return bytes;
    }

    /** The sizes of the last frames. */
    int[] sizes() {
        int count = (int) Math.min(appends, SIZES);
        int[] last = new int[count];
        System.arraycopy(sizes, 0, last, 0, count);
        return last;
    }

    WriteAheadLog around(WriteAheadLog log) {
        return new WriteAheadLog() {
            @Override
            public void recover(Consumer<byte[]> frames) {
                log.recover(frames);
            }

            @Override
            public Append append(long sequence, byte[] frame, int size) {
                if (!measuring) {
                    return log.append(sequence, frame, size);
                }
                int count = FrameHeader.read(new WireReader(frame, 0, size)).count();
                return count(count, size, log.append(sequence, frame, size));
            }

            @Override
            public void close() {
                log.close();
            }
        };
    }

    /** Counts an append that was just begun. */
    Append count(int commands, int size, Append append) {
        if (!measuring) {
            return append;
        }
        sizes[(int) (appends % SIZES)] = size;
        appends++;
        bytes += size;
        batchCount.recordValue(commands);
        return new TimedAppend(append, System.nanoTime());
    }

    private final class TimedAppend implements Append {
        private final Append append;
        private final long startNanos;
        private boolean seen;

        TimedAppend(Append append, long startNanos) {
            this.append = append;
            this.startNanos = startNanos;
        }

        @Override
        public State state() {
            State state = append.state();
            if (state == State.DURABLE && !seen) {
                seen = true;
                durableNanos.recordValue(System.nanoTime() - startNanos);
            }
            return state;
        }

        @Override
        public String failure() {
            return append.failure();
        }
    }
}
