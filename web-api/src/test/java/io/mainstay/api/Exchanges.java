package io.mainstay.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.List;

/** Requests in tests. */
final class Exchanges {
    private Exchanges() {}

    /** With a query such as {@code limit=7&after=2:57}, and with these values of the header {@code Prefer}. */
    static Exchange of(String query, String... prefer) {
        return new Exchange(List.of(), query(query), headers(List.of(prefer)), InputStream.nullInputStream());
    }

    /** With these segments in the path for its fields. */
    static Exchange of(List<String> path, String query) {
        return new Exchange(path, query(query), headers(List.of()), InputStream.nullInputStream());
    }

    static MultivaluedMap<String, String> query(String text) {
        MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
        if (!text.isEmpty()) {
            for (String parameter : text.split("&", -1)) {
                String[] parts = parameter.split("=", 2);
                query.add(parts[0], parts[1]);
            }
        }
        return query;
    }

    private static HttpHeaders headers(List<String> prefer) {
        return (HttpHeaders) Proxy.newProxyInstance(
                Exchanges.class.getClassLoader(), new Class<?>[] {HttpHeaders.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getRequestHeader") && arguments[0].equals(Requests.PREFER)) {
                        return prefer;
                    }
                    if (method.getName().equals("getRequestHeader")) {
                        return List.of();
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
