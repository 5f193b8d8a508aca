package io.mainstay.api;

import io.mainstay.core.access.Access;
import io.mainstay.core.domain.Domains;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The way in for people who know the address only: where everything is. */
@WebServlet("")
@SuppressWarnings("NullAway.Init")
public class RootServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    @FromServer
    private transient Domains domains;

    private transient Reply links;

    @Override
    public void init() {
        links = Reply.json(200, links(domains));
    }

    private static JsonText links(Domains domains) {
        Map<String, String> paths = new LinkedHashMap<>();
        domains.all().forEach(domain -> addPaths(domain.access(), paths));
        JsonText json = new JsonText().object().text("name", "Mainstay").object("links");
        paths.forEach((name, path) -> json.text(name, CommandReplies.BASE + path));
        return json.text("documentation", "/openapi/ui/")
                .text("openapi", "/openapi")
                .text("health", "/health")
                .text("metrics", "/metrics")
                .end()
                .end();
    }

    private static void addPaths(Access<?, ?> access, Map<String, String> paths) {
        access.operations()
                .forEach(operation -> paths.putIfAbsent(
                        nameOf(operation.endpoint().path()),
                        operation.endpoint().path()));
        access.reads()
                .forEach(read -> paths.putIfAbsent(
                        nameOf(read.endpoint().path()), read.endpoint().path()));
    }

    /** Several are at {@code /transfers}, one is at <code>/transfers/{id}</code>: {@code transfer}. */
    private static String nameOf(String path) {
        String[] segments = path.split("/", -1);
        String last = segments[segments.length - 1];
        if (!last.startsWith("{")) {
            return last;
        }
        String several = segments[segments.length - 2];
        return several.endsWith("ies")
                ? several.substring(0, several.length() - 3) + "y"
                : several.endsWith("s") ? several.substring(0, several.length() - 1) : several;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean readable =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        Replies.send(
                readable
                        ? links
                        : Problems.ofStatus(405)
                                .withHeader("Allow", "GET, HEAD")
                                .reply(),
                response);
    }
}
