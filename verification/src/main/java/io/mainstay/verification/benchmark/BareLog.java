package io.mainstay.verification.benchmark;

import io.mainstay.core.log.Append;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.engine.Engine;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One thread that appends frames of given sizes to one shard's log, without an engine: what the journal alone can do. */
final class BareLog implements Runnable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Engine.Logs logs;
    private final int shard;
    private final int[] sizes;
    private final int inFlightMax;
    private final LogMeter meter;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch begin;
    private volatile boolean stopping;

    BareLog(Engine.Logs logs, int shard, int[] sizes, int inFlightMax, LogMeter meter, CountDownLatch begin) {
        this.logs = logs;
        this.shard = shard;
        this.sizes = sizes.clone();
        this.inFlightMax = inFlightMax;
        this.meter = meter;
        this.begin = begin;
    }

    void awaitReady() throws InterruptedException {
        if (!ready.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the bare log of shard " + shard + " did not open");
        }
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        Thread thread = Thread.currentThread();
        try (WriteAheadLog log = logs.open(shard, () -> LockSupport.unpark(thread))) {
            log.recover(frame -> {});
            ready.countDown();
            begin.await();
            append(log);
        } catch (InterruptedException e) {
            thread.interrupt();
        }
    }

    private void append(WriteAheadLog log) {
        byte[] frame = new byte[1 << 21];
        new SplittableRandom(shard).nextBytes(frame);
        ArrayDeque<Append> inFlight = new ArrayDeque<>();
        long sequence = 0;
        while (!stopping || !inFlight.isEmpty()) {
            boolean waits = inFlight.size() >= inFlightMax || stopping;
            if (!waits) {
                int size = sizes[(int) (sequence % sizes.length)];
                inFlight.add(meter.count(0, size, log.append(sequence++, frame, size)));
                continue;
            }
            Append.State state = inFlight.element().state();
            if (state == Append.State.FAILED) {
                throw new IllegalStateException(
                        "append failed: " + inFlight.element().failure());
            }
            if (state == Append.State.DURABLE) {
                inFlight.remove();
            } else {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }
}
