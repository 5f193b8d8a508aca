package io.mainstay.client;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** HTTP with patience: repeats a request until it is answered for good or the time is up. */
final class HttpCalls implements AutoCloseable {
    /** It is under way on several shards. */
    private static final int ACCEPTED = 202;

    private final ClientConfig config;
    private final HttpClient http;

    HttpCalls(ClientConfig config) {
        this.config = config;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.connectTimeout())
                .build();
    }

    <T> Answer<T> send(Request<T> order, String idempotencyKey, OptionalLong expectedVersion) {
        HttpRequest.Builder request = request(order.path())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .method(order.method(), BodyPublishers.ofString(order.body().toString()));
        expectedVersion.ifPresent(version -> request.header("If-Match", "\"" + version + "\""));
        HttpResponse<String> response = exchange(request, idempotencyKey);
        boolean repeated = response.headers()
                .firstValue("Idempotency-Hit")
                .map(Boolean::parseBoolean)
                .orElse(false);
        return new Answer<>(parse(response, idempotencyKey, order.read()), repeated);
    }

    <T> T get(String path, Function<JsonObject, T> read) {
        return parse(exchange(request(path).GET(), null), null, read);
    }

    /** Asks for something that the server does not recognize when it is repeated. */
    <T> T post(String path, JsonObject body, Function<JsonObject, T> read) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
        return parse(exchange(request, null), null, read);
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(config.url().resolve(path)).header("Accept", "application/json");
        return config.tenant().isEmpty() ? request : request.header("Mainstay-Tenant", config.tenant());
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request, @Nullable String key) {
        long deadline = System.nanoTime() + config.retry().total().toNanos();
        for (int attempt = 1; ; attempt++) {
            Duration pause = config.retry().pauseAfter(attempt, ThreadLocalRandom.current());
            try {
                HttpResponse<String> response =
                        http.send(request.timeout(config.requestTimeout()).build(), BodyHandlers.ofString());
                if (response.statusCode() < 300 && response.statusCode() != ACCEPTED) {
                    return response;
                }
                Duration wanted = max(pause, retryAfter(response));
                if (response.statusCode() == ACCEPTED) {
                    awaitEnd(deadline, wanted, key);
                    continue;
                }
                if (!mayPass(response.statusCode()) || isOver(deadline, wanted)) {
                    throw new MainstayProblem(LedgerJson.problem(response.statusCode(), response.body()), key);
                }
                Thread.sleep(wanted);
            } catch (IOException e) {
                if (isOver(deadline, pause)) {
                    throw new MainstayUnreachable(unanswered(attempt, e), key, e);
                }
                sleep(pause, key);
            } catch (InterruptedException e) {
                throw interrupted(key, e);
            }
        }
    }

    /** What was asked for goes on at the server, whatever this client does; asked again, it tells how it ended. */
    private static void awaitEnd(long deadlineNanos, Duration pause, @Nullable String key) {
        if (isOver(deadlineNanos, pause)) {
            throw new MainstayUnreachable(
                    "the request is accepted and not done yet; ask again with its key", key, null);
        }
        sleep(pause, key);
    }

    private static <T> T parse(HttpResponse<String> response, @Nullable String key, Function<JsonObject, T> read) {
        try {
            return read.apply(LedgerJson.object(response.body()));
        } catch (JsonException
                | DateTimeException
                | IllegalArgumentException
                | ArithmeticException
                | ClassCastException
                | NullPointerException e) {
            throw new MainstayUnreachable(
                    "answer of " + response.uri() + " is not what a Mainstay server says: " + e.getMessage(), key, e);
        }
    }

    /** Overloaded, recovering, or too slow: another attempt may pass. */
    private static boolean mayPass(int status) {
        return status == 429 || status == 503 || status == 504;
    }

    private static boolean isOver(long deadlineNanos, Duration pause) {
        return System.nanoTime() + pause.toNanos() - deadlineNanos >= 0;
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static void sleep(Duration pause, @Nullable String key) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw interrupted(key, e);
        }
    }

    private static MainstayUnreachable interrupted(@Nullable String key, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new MainstayUnreachable("interrupted while waiting for an answer", key, cause);
    }

    private String unanswered(int attempts, IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return "no answer from " + config.url() + " in " + attempts + (attempts == 1 ? " attempt" : " attempts") + ": "
                + reason;
    }
}
