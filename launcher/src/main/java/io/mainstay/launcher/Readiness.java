package io.mainstay.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the server says that it is ready: every shard has recovered and serves. */
final class Readiness {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(REQUEST_LIMIT).build();
    private final HttpRequest request;

    Readiness(URI baseUrl) {
        this.request = HttpRequest.newBuilder(baseUrl.resolve("/health/ready"))
                .timeout(REQUEST_LIMIT)
                .build();
    }

    boolean isReady() {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LauncherException("interrupted while waiting for the server", e);
        }
    }

    /** Returns when ready; fails when the application or the process ends, or the limit is over. */
    void await(ProcessHandle server, Supplier<Optional<String>> startFailure, Duration limit, Progress progress) {
        long startNanos = System.nanoTime();
        long saidNanos = startNanos;
        while (!isReady()) {
            long nowNanos = System.nanoTime();
            if (nowNanos - startNanos > limit.toNanos()) {
                throw new LauncherException("the server is not ready after %d s; MAINSTAY_START_SECONDS allows it more"
                        .formatted(limit.toSeconds()));
            }
            if (nowNanos - saidNanos > PROGRESS_INTERVAL.toNanos()) {
                progress.say("Server      starting, %d s".formatted((nowNanos - startNanos) / 1_000_000_000));
                saidNanos = nowNanos;
            }
            Optional<String> failure = startFailure.get();
            if (failure.isPresent()) {
                throw new LauncherException("the application did not start: " + failure.get());
            }
            if (RecordedProcess.awaitExit(server, POLL_INTERVAL)) {
                throw new LauncherException("the server ended while starting");
            }
        }
    }
}
