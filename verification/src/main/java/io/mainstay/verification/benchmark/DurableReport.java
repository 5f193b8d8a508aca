package io.mainstay.verification.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What was measured on the journal.
 *
 * @param processorNanos that the whole process took meanwhile, generators and broker included: on a machine shared with
 *     others it says more than the rates do
 */
record DurableReport(
        long appends,
        long bytes,
        Histogram batchCount,
        Histogram durableNanos,
        Duration measured,
        long processorNanos) {
    static DurableReport of(List<LogMeter> meters, Duration measured, long processorNanos) {
        Histogram batchCount = new Histogram(3);
        Histogram durableNanos = new Histogram(3);
        long appends = 0;
        long bytes = 0;
        for (LogMeter meter : meters) {
            batchCount.add(meter.batchCount());
            durableNanos.add(meter.durableNanos());
            appends += meter.appends();
            bytes += meter.bytes();
        }
        return new DurableReport(appends, bytes, batchCount, durableNanos, measured, processorNanos);
    }

    double perSecond(long count) {
        return count * 1e9 / measured.toNanos();
    }

    double bytesPerSecond() {
        return perSecond(bytes);
    }

    /** What the engine did with its commands, those within a shard and those between two. */
    String commands(Histogram same, Histogram cross, long refused, String refusal) {
        long count = same.getTotalCount() + cross.getTotalCount();
        return String.format(
                Locale.ROOT,
                "engine    %,.0f commands/s in %.1f s, %.0f bytes of log and %.0f ns of processor time each; refused %,d %s%n"
                        + "%s%s"
                        + "batches   mean %.0f entries, p50 %d, p99 %d, max %d",
                perSecond(count),
                measured.toMillis() / 1000.0,
                bytes / (double) Math.max(1, count),
                processorNanos / (double) Math.max(1, count),
                refused,
                refusal,
                latency("latency", same),
                latency("cross", cross),
                batchCount.getMean(),
                batchCount.getValueAtPercentile(50),
                batchCount.getValueAtPercentile(99),
                batchCount.getMaxValue());
    }

    private String latency(String name, Histogram nanos) {
        return nanos.getTotalCount() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%-9s p50 %.3f ms, p90 %.3f, p99 %.3f, p99.9 %.3f, max %.3f; %,.0f/s%n",
                        name,
                        millis(nanos, 50),
                        millis(nanos, 90),
                        millis(nanos, 99),
                        millis(nanos, 99.9),
                        millis(nanos, 100),
                        perSecond(nanos.getTotalCount()));
    }

    /** What the journal did, with or without an engine. */
    String journal(String name) {
        return String.format(
                Locale.ROOT,
                "%-9s %,.0f appends/s, %.1f MB/s; durable after p50 %.3f ms, p99 %.3f, max %.3f; %.2f processors busy",
                name,
                perSecond(appends),
                bytesPerSecond() / 1e6,
                millis(durableNanos, 50),
                millis(durableNanos, 99),
                millis(durableNanos, 100),
                processorNanos / (double) measured.toNanos());
    }

    private static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }
}
