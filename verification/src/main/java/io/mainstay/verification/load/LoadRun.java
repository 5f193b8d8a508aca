package io.mainstay.verification.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/** One run: a thread for each connection, each with figures of its own until the end. */
final class LoadRun {
    private static final int CREATED = 201;
    private static final long LATENCY_NANOS_MAX = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    private static final long PAUSE_AFTER_ERROR_MILLIS = 100;
    private static final long PATIENCE_SECONDS = 120;

    private final LoadConfig config;
    private final LoadRequests requests;
    private final String name = UUID.randomUUID().toString().substring(0, 8);

    LoadRun(LoadConfig config) {
        this.config = config;
        this.requests = new LoadRequests(config);
    }

    /** Opens the accounts; throws {@link IOException} if the server does not answer each with 201. */
    void openAccounts() throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        onAllConnections(PATIENCE_SECONDS, worker -> {
            try (HttpConnection connection = connect()) {
                for (int number = next.getAndIncrement();
                        number < requests.accountCount();
                        number = next.getAndIncrement()) {
                    int status = connection.exchange(requests.openAccount(number));
                    if (status != CREATED) {
                        throw new IOException("account not opened: " + status + " " + connection.body());
                    }
                }
                return worker;
            }
        });
    }

    LoadReport postTransfers() throws IOException, InterruptedException {
        long start = System.nanoTime() + config.warmUp().toNanos();
        long end = start + config.measured().toNanos();
        long seconds = config.warmUp().plus(config.measured()).toSeconds();
        List<Figures> all =
                onAllConnections(seconds + PATIENCE_SECONDS, worker -> new Worker(worker, start, end).run());
        Histogram latencyNanos = new Histogram(LATENCY_NANOS_MAX, DIGITS);
        Map<String, Long> errors = new HashMap<>();
        for (Figures figures : all) {
            latencyNanos.add(figures.latencyNanos());
            figures.errors().forEach((error, count) -> errors.merge(error, count, Long::sum));
        }
        return new LoadReport(latencyNanos, config.measured(), errors);
    }

    private <T> List<T> onAllConnections(long secondsMax, Task<T> task) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(config.connections());
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int worker = 0; worker < config.connections(); worker++) {
                int number = worker;
                tasks.add(() -> task.run(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks, secondsMax, TimeUnit.SECONDS)) {
                results.add(result.get(0, TimeUnit.SECONDS));
            }
            return results;
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw new IOException("the run broke off: " + (e.getCause() == null ? e : e.getCause()), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private HttpConnection connect() throws IOException {
        return new HttpConnection(config.url().getHost(), config.url().getPort());
    }

    /** What a worker does; its result is not null. */
    private interface Task<T> {
        T run(int worker) throws IOException, InterruptedException;
    }

    private record Figures(Histogram latencyNanos, Map<String, Long> errors) {}

    /** One connection's loop. */
    private final class Worker {
        private final SplittableRandom random;
        private final String keyPrefix;
        private final long start;
        private final long end;
        private final Histogram latencyNanos = new Histogram(LATENCY_NANOS_MAX, DIGITS);
        private final Map<String, Long> errors = new HashMap<>();

        Worker(int number, long start, long end) {
            this.random = new SplittableRandom(config.seed() ^ (number * 0x9E37_79B9_7F4A_7C15L));
            this.keyPrefix = "load-" + name + "-" + number + "-";
            this.start = start;
            this.end = end;
        }

        Figures run() throws InterruptedException {
            long sent = 0;
            while (System.nanoTime() < end) {
                try (HttpConnection connection = connect()) {
                    while (System.nanoTime() < end) {
                        post(connection, keyPrefix + sent++);
                    }
                } catch (IOException e) {
                    errors.merge(e.getClass().getSimpleName() + ": " + e.getMessage(), 1L, Long::sum);
                    Thread.sleep(PAUSE_AFTER_ERROR_MILLIS);
                }
            }
            return new Figures(latencyNanos, errors);
        }

        private void post(HttpConnection connection, String key) throws IOException {
            byte[] request = requests.postTransfer(key, random);
            long before = System.nanoTime();
            int status = connection.exchange(request);
            long after = System.nanoTime();
            if (status != CREATED) {
                errors.merge("status " + status, 1L, Long::sum);
            } else if (before >= start && after <= end) {
                latencyNanos.recordValue(Math.min(after - before, LATENCY_NANOS_MAX));
            }
        }
    }
}
