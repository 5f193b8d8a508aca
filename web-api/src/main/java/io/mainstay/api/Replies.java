package io.mainstay.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends replies from servlets. */
final class Replies {
    private Replies() {}

    static void send(Reply reply, HttpServletResponse response) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(reply.status());
        response.setContentType(reply.mediaType());
        response.setContentLength(body.length);
        reply.headers().forEach(response::setHeader);
        response.getOutputStream().write(body);
    }
}
