package io.mainstay.client;

import java.net.URI;
import java.time.Duration;

/**
 * Where the server is and how long to wait for it.
 *
 * @param url of the server, without a path: {@code http://127.0.0.1:9080}
 * @param requestTimeout of one attempt
 * @param tenant whose accounts are asked for; empty for the default tenant
 */
public record ClientConfig(URI url, Duration connectTimeout, Duration requestTimeout, Retry retry, String tenant) {
    public ClientConfig {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("url '" + url + "' is not like http://host:port");
        }
    }

    /** The defaults: 5 s to connect, 10 s for an attempt, half a minute of retries. */
    public static ClientConfig of(URI url) {
        return new ClientConfig(url, Duration.ofSeconds(5), Duration.ofSeconds(10), Retry.DEFAULT, "");
    }

    public ClientConfig retrying(Retry other) {
        return new ClientConfig(url, connectTimeout, requestTimeout, other, tenant);
    }

    public ClientConfig waiting(Duration connect, Duration request) {
        return new ClientConfig(url, connect, request, retry, tenant);
    }

    public ClientConfig forTenant(String name) {
        return new ClientConfig(url, connectTimeout, requestTimeout, retry, name);
    }
}
