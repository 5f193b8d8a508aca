package io.mainstay.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What is sent back: a value, so that it can be made and looked at without a server. */
record Reply(int status, String mediaType, String body, Map<String, String> headers) {
    static final String JSON = "application/json";
    static final String PROBLEM_JSON = "application/problem+json";

    private static final MediaType JSON_TYPE = new MediaType("application", "json");
    private static final MediaType PROBLEM_JSON_TYPE = new MediaType("application", "problem+json");

    Reply {
        headers = Map.copyOf(headers);
    }

    static Reply json(int status, JsonText body) {
        return new Reply(status, JSON, body.toString(), Map.of());
    }

    Reply with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, mediaType, body, more);
    }

    Response toResponse() {
        Response.ResponseBuilder response = Response.status(status)
                .type(mediaType.equals(JSON) ? JSON_TYPE : PROBLEM_JSON_TYPE)
                .entity(body.getBytes(StandardCharsets.UTF_8));
        headers.forEach(response::header);
        return response.build();
    }
}
