package io.mainstay.verification.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP interface without any help of the SDK: what is sent is what the test wrote. */
public final class Http implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI url;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    Http(URI url) {
        this.url = url;
    }

    public HttpAnswer get(String path) throws IOException, InterruptedException {
        return send("GET", path, null, Map.of());
    }

    public HttpAnswer post(String path, String body) throws IOException, InterruptedException {
        return post(path, body, Map.of());
    }

    /** Posts JSON under an idempotency key. */
    public HttpAnswer post(String path, String body, String key) throws IOException, InterruptedException {
        return post(path, body, Map.of("Idempotency-Key", key));
    }

    /** Posts JSON unless the headers say otherwise. */
    public HttpAnswer post(String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send("POST", path, body, headers);
    }

    public HttpAnswer send(String method, String path, @Nullable String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).timeout(TIMEOUT);
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        headers.forEach(request::setHeader);
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return new HttpAnswer(http.send(request.build(), BodyHandlers.ofString()));
    }

    @Override
    public void close() {
        http.close();
    }
}
