package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Read;
import io.mainstay.core.log.LoggedCommand;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts of a request that every resource reads in the same way. */
final class Requests {
    static final String PREFER = "Prefer";
    static final String RESPOND_ASYNC = "respond-async";

    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"");

    private Requests() {}

    /** Whether the caller does not wait for what goes on by itself: {@code Prefer: respond-async} of RFC 7240. */
    static boolean prefersAsync(HttpHeaders headers) {
        for (String preference : preferences(headers)) {
            if (preference.equalsIgnoreCase(RESPOND_ASYNC)) {
                return true;
            }
        }
        return false;
    }

    /** What the caller prefers, one by one. */
    static List<String> preferences(HttpHeaders headers) {
        List<String> values = headers.getRequestHeader(PREFER);
        return values == null
                ? List.of()
                : values.stream()
                        .flatMap(value -> Stream.of(value.split(",", -1)))
                        .map(String::strip)
                        .toList();
    }

    /** The body; {@link ProblemException} if it is too large, in another encoding, or not a JSON object. */
    static JsonBody body(Exchange exchange, Fields fields) throws IOException {
        return body(exchange, fields, JsonBody.BYTES_MAX);
    }

    /** The same, up to a size. */
    static JsonBody body(Exchange exchange, Fields fields, int bytesMax) throws IOException {
        HttpHeaders headers = exchange.headers();
        MediaType type = headers.getMediaType();
        if (type == null && headers.getLength() <= 0 && fields.all().stream().noneMatch(Field::isRequired)) {
            return JsonBody.none(fields);
        }
        if (type == null
                || !type.getParameters().getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8")) {
            throw new ProblemException(Problem.of(
                    ProblemType.MEDIA_TYPE_UNSUPPORTED, "Content-Type has to be application/json, in UTF-8."));
        }
        if (headers.getLength() > bytesMax) {
            throw JsonBody.tooLarge(bytesMax);
        }
        return JsonBody.read(exchange.body(), fields, bytesMax);
    }

    static Identity identity(String kind, HttpHeaders headers, @Nullable UUID wantedId) {
        List<String> values = headers.getRequestHeader(Identity.HEADER);
        return Identity.of(kind, values == null ? List.of() : values, wantedId);
    }

    /** The version in {@code If-Match}, or {@link LoggedCommand#ANY_VERSION} without it. */
    static long expectedVersion(HttpHeaders headers) {
        List<String> values = headers.getRequestHeader(HttpHeaders.IF_MATCH);
        if (values == null || values.isEmpty()) {
            return LoggedCommand.ANY_VERSION;
        }
        Matcher version = VERSION.matcher(values.get(0));
        if (values.size() > 1 || !version.matches()) {
            throw new ProblemException(Problem.of(
                    ProblemType.IF_MATCH_INVALID, "The header If-Match wants one version in quotes, such as \"7\"."));
        }
        return Long.parseLong(version.group(1));
    }

    static ProblemException unknown(Read.Unknown unknown, Call call) {
        return new ProblemException(Problem.of(
                ProblemType.of(unknown.refusal()),
                "There is no " + unknown.subject().apply(call) + "."));
    }

    static ProblemException parameter(String name, String detail) {
        return new ProblemException(Problem.of(ProblemType.FIELD_INVALID, "/" + name, detail));
    }
}
