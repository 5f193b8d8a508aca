package io.mainstay.verification.audit;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a server for one of its operations. */
final class ServerOperations implements AutoCloseable {
    private static final int SUCCESS = 2;
    private static final int BAD_REQUEST = 400;
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();
    private final URI url;

    ServerOperations(URI url) {
        this.url = url;
    }

    /**
     * What the server answers. {@link java.net.ConnectException} or {@link java.net.http.HttpConnectTimeoutException} if there
     * is none, {@link IllegalArgumentException} with its reason if it finds the request wrong, {@link IOException} with its
     * reason if it does not do what was asked.
     */
    Answer ask(String method, String path, Duration patience) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(url.resolve(path))
                        .timeout(patience)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        JsonObject object;
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            object = reader.readObject();
        } catch (JsonException e) {
            throw new IOException("the server answers " + answer.statusCode() + " and no JSON", e);
        }
        if (answer.statusCode() / 100 != SUCCESS) {
            String reason =
                    object.getString("detail", "the server answers " + answer.statusCode() + " without a reason");
            if (answer.statusCode() == BAD_REQUEST) {
                throw new IllegalArgumentException(reason);
            }
            throw new IOException(reason);
        }
        return new Answer(answer.body(), object);
    }

    @Override
    public void close() {
        http.close();
    }

    /** @param text as it came */
    record Answer(String text, JsonObject json) {}
}
