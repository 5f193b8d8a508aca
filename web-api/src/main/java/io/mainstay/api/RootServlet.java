package io.mainstay.api;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The way in for people who know the address only: where everything is. */
@WebServlet("")
public class RootServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Reply LINKS = Reply.json(
            200,
            new JsonText()
                    .object()
                    .text("name", "Mainstay")
                    .object("links")
                    .text("accounts", "/v1/accounts")
                    .text("account", "/v1/accounts/{id}")
                    .text("entries", "/v1/accounts/{id}/entries")
                    .text("transfers", "/v1/transfers")
                    .text("transfer", "/v1/transfers/{id}")
                    .text("documentation", "/openapi/ui/")
                    .text("openapi", "/openapi")
                    .text("health", "/health")
                    .text("metrics", "/metrics")
                    .end()
                    .end());

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean readable =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        Replies.send(
                readable
                        ? LINKS
                        : Problems.ofStatus(405)
                                .withHeader("Allow", "GET, HEAD")
                                .reply(),
                response);
    }
}
