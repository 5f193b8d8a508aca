package io.mainstay.verification.benchmark;

import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.Reply;
import io.mainstay.domain.ledger.PostTransfer;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One thread of callers: keeps a window of commands under way, or begins them at a fixed rate whatever the answers do.
 *
 * <p>Latency counts from the moment a command was meant to begin, so that a stall is charged to every command it delays.
 */
final class Generator implements Runnable {
    private static final long LATENCY_NANOS_MAX = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final CommandGateway gateway;
    private final UUID[][] accounts;
    private final int window;
    private final int crossPercent;
    private final long intervalNanos;
    private final Transfers transfers;
    private final Histogram[] latencyNanos;
    private final Histogram[] crossLatencyNanos;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile long submitted;
    private volatile boolean measuring;
    private volatile boolean stopping;
    private volatile String refusal = "";

    /**
     * Makes a generator for a thread.
     *
     * @param accounts one row a shard
     * @param crossPercent of the transfers that go to another shard
     * @param window commands under way at once, at most
     * @param intervalNanos between the beginnings of two commands; 0 for as many as the window lets through
     */
    Generator(
            CommandGateway gateway,
            UUID[][] accounts,
            int crossPercent,
            int window,
            long intervalNanos,
            Transfers transfers) {
        this.gateway = gateway;
        this.accounts = accounts;
        this.crossPercent = crossPercent;
        this.window = window;
        this.intervalNanos = intervalNanos;
        this.transfers = transfers;
        this.latencyNanos = histograms(accounts.length);
        this.crossLatencyNanos = histograms(accounts.length);
    }

    private static Histogram[] histograms(int shards) {
        Histogram[] histograms = new Histogram[shards];
        Arrays.setAll(histograms, shard -> new Histogram(LATENCY_NANOS_MAX, DIGITS));
        return histograms;
    }

    void measure(boolean now) {
        measuring = now;
    }

    void stop() throws InterruptedException {
        stopping = true;
        if (!done.await(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException(underWay() + " commands were not answered");
        }
    }

    /**
     * Adds up what was measured; complete once the generator has stopped.
     *
     * @param same of transfers within a shard
     * @param cross of those between two
     */
    void addTo(Histogram same, Histogram cross) {
        for (int shard = 0; shard < latencyNanos.length; shard++) {
            same.add(latencyNanos[shard]);
            cross.add(crossLatencyNanos[shard]);
        }
    }

    int refused() {
        return refused.get();
    }

    /** The last answer that was not an acceptance; empty if there was none. */
    String refusal() {
        return refusal;
    }

    @Override
    public void run() {
        try {
            long intendedNanos = System.nanoTime();
            long count = 0;
            // Looked up only when the window seems full: shards write it all the time.
            long seen = 0;
            while (!stopping) {
                long nowNanos = System.nanoTime();
                if (intervalNanos == 0) {
                    intendedNanos = nowNanos;
                } else if (intendedNanos > nowNanos) {
                    LockSupport.parkNanos(intendedNanos - nowNanos);
                    continue;
                }
                if (count - seen >= window) {
                    seen = answered.get();
                    if (count - seen >= window) {
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                    continue;
                }
                count++;
                submit(intendedNanos);
                intendedNanos += intervalNanos;
            }
            submitted = count;
            long untilNanos = System.nanoTime() + PATIENCE_NANOS;
            while (underWay() > 0 && System.nanoTime() < untilNanos) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } finally {
            if (underWay() == 0) {
                done.countDown();
            }
        }
    }

    private long underWay() {
        return submitted - answered.get();
    }

    private void submit(long intendedNanos) {
        int shard = transfers.next(accounts.length);
        boolean cross = crossPercent > 0 && transfers.next(100) < crossPercent;
        PostTransfer transfer = cross
                ? transfers.across(
                        accounts[shard], accounts[(shard + 1 + transfers.next(accounts.length - 1)) % accounts.length])
                : transfers.between(accounts[shard]);
        gateway.submit(
                CommandRequest.of(transfer, transfers.id()),
                new Answer(intendedNanos, cross ? crossLatencyNanos : latencyNanos));
    }

    /** Takes one answer, on its shard's thread. */
    private final class Answer implements Reply {
        private final long intendedNanos;
        private final Histogram[] byShard;

        Answer(long intendedNanos, Histogram[] byShard) {
            this.intendedNanos = intendedNanos;
            this.byShard = byShard;
        }

        @Override
        public void accept(Outcome outcome) {
            if (!(outcome instanceof Outcome.Accepted accepted)) {
                refused.incrementAndGet();
                refusal = String.valueOf(outcome);
            } else if (measuring) {
                byShard[accepted.shard()].recordValue(
                        Math.clamp(System.nanoTime() - intendedNanos, 0, LATENCY_NANOS_MAX));
            }
            answered.getAndIncrement();
        }
    }
}
