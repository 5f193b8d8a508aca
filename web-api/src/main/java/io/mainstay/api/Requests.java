package io.mainstay.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of a request that every resource reads in the same way. */
final class Requests {
    private Requests() {}

    /** The body; {@link ProblemException} if it is too large, in another encoding, or not a JSON object. */
    static JsonBody body(InputStream body, HttpHeaders headers) throws IOException {
        MediaType type = headers.getMediaType();
        if (type == null
                || !type.getParameters().getOrDefault("charset", "utf-8").equalsIgnoreCase("utf-8")) {
            throw new ProblemException(Problem.of(
                    ProblemType.MEDIA_TYPE_UNSUPPORTED, "Content-Type has to be application/json, in UTF-8."));
        }
        if (headers.getLength() > JsonBody.BYTES_MAX) {
            throw JsonBody.tooLarge();
        }
        return JsonBody.read(body);
    }

    static Identity identity(String kind, HttpHeaders headers, @Nullable UUID wantedId) {
        List<String> values = headers.getRequestHeader(Identity.HEADER);
        return Identity.of(kind, values == null ? List.of() : values, wantedId);
    }

    /** The id in the path. */
    static UUID id(String text) {
        return Uuids.parse(text).orElseThrow(() -> parameter("id", "The id in the path has to be a UUID."));
    }

    static ProblemException parameter(String name, String detail) {
        return new ProblemException(Problem.of(ProblemType.FIELD_INVALID, "/" + name, detail));
    }
}
