package io.mainstay.client;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A server that says what a test wrote for it, in that order, and keeps what it was asked. */
public final class ScriptedServer implements AutoCloseable {
    private final HttpServer http;
    private final Queue<Reply> replies = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();

    public ScriptedServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::answer);
        http.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    public synchronized ScriptedServer says(int status, String body) {
        return says(status, body, Map.of());
    }

    public synchronized ScriptedServer says(int status, String body, Map<String, String> headers) {
        replies.add(new Reply(status, body, headers));
        return this;
    }

    /** Reads the request and drops the connection without a word. */
    public synchronized ScriptedServer hangsUp() {
        replies.add(new Reply(0, "", Map.of()));
        return this;
    }

    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    key == null ? "" : key,
                    body,
                    exchange.getRequestHeaders()));
            Reply reply = replies.remove();
            if (reply.status() == 0) {
                return;
            }
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** A request as it came. */
    public record Asked(String method, String path, String key, String body, Headers headers) {}

    private record Reply(int status, String body, Map<String, String> headers) {}
}
