package io.mainstay.verification.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What a run measured.
 *
 * @param latencyNanos of the requests that were answered with 201
 * @param errors every other answer and every broken connection, by what it was; the warm-up's count as well
 */
record LoadReport(Histogram latencyNanos, Duration measured, Map<String, Long> errors) {
    LoadReport {
        latencyNanos = latencyNanos.copy();
        errors = new TreeMap<>(errors);
    }

    long perSecond() {
        return Math.round(latencyNanos.getTotalCount() * 1e9 / measured.toNanos());
    }

    long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "requests  %,d in %.1f s: %,d/s%nlatency   p50 %.2f ms, p90 %.2f, p99 %.2f, p99.9 %.2f, max %.2f%nerrors    %,d %s",
                latencyNanos.getTotalCount(),
                measured.toMillis() / 1000.0,
                perSecond(),
                millis(50),
                millis(90),
                millis(99),
                millis(99.9),
                millis(100),
                errorCount(),
                errors.isEmpty() ? "" : errors);
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"requests\":%d,\"seconds\":%.3f,\"perSecond\":%d,\"p50Millis\":%.3f,\"p90Millis\":%.3f,\"p99Millis\":%.3f,"
                        + "\"p999Millis\":%.3f,\"maxMillis\":%.3f,\"errors\":%d}",
                latencyNanos.getTotalCount(),
                measured.toMillis() / 1000.0,
                perSecond(),
                millis(50),
                millis(90),
                millis(99),
                millis(99.9),
                millis(100),
                errorCount());
    }

    private double millis(double percentile) {
        return latencyNanos.getValueAtPercentile(percentile) / 1e6;
    }
}
