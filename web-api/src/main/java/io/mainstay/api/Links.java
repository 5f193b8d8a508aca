package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Field;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where to find other pages of the same reading, as the header {@code Link} of RFC 8288. */
final class Links {
    static final String HEADER = "Link";

    private static final List<String> KEPT = List.of(TimeRange.FROM, TimeRange.TO);

    private Links() {}

    /**
     * The first page, and the next one if there is one.
     *
     * @param next the cursor of the next page, or null
     */
    static String of(
            Endpoint endpoint, Call call, MultivaluedMap<String, String> query, int limit, @Nullable String next) {
        StringBuilder uri =
                new StringBuilder(path(endpoint, call)).append("?limit=").append(limit);
        for (String name : KEPT) {
            String value = query.getFirst(name);
            if (value != null) {
                uri.append('&').append(name).append('=').append(encoded(value));
            }
        }
        String first = "<" + uri + ">; rel=\"first\"";
        return next == null ? first : "<%s&cursor=%s>; rel=\"next\", %s".formatted(uri, next, first);
    }

    private static String path(Endpoint endpoint, Call call) {
        String path = CommandReplies.BASE + endpoint.path();
        for (Field<?> field : endpoint.fields().all()) {
            path = path.replace(
                    "{" + field.name() + "}", encoded(call.get(field).toString()));
        }
        return path;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
