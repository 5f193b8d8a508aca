package io.mainstay.api;

import io.mainstay.core.access.Endpoint;
import jakarta.ws.rs.core.PathSegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The endpoints by path and method, as a tree of segments. A name goes before a field. */
final class Routes {
    private final Node root = new Node();

    /** Adds an endpoint; {@link IllegalArgumentException} if there is one at its path and method. */
    Routes with(Endpoint endpoint, Handler handler) {
        Node node = root;
        for (String segment : endpoint.path().substring(1).split("/", -1)) {
            node = node.child(segment);
        }
        if (node.handlers.put(endpoint.method(), handler) != null) {
            throw new IllegalArgumentException("two endpoints at " + endpoint.method() + " " + endpoint.path());
        }
        TreeSet<String> methods = new TreeSet<>(node.handlers.keySet());
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        node.allow = String.join(", ", methods);
        return this;
    }

    /** What is at a path, or null. */
    @Nullable
    Match find(List<PathSegment> segments) {
        int count = segments.size();
        if (count > 0 && segments.get(count - 1).getPath().isEmpty()) {
            count--;
        }
        Node node = root;
        List<String> fields = new ArrayList<>(1);
        for (int index = 0; index < count; index++) {
            String segment = segments.get(index).getPath();
            Node next = node.names.get(segment);
            if (next == null && !segment.isEmpty()) {
                next = node.field;
                fields.add(segment);
            }
            if (next == null) {
                return null;
            }
            node = next;
        }
        return node.handlers.isEmpty() ? null : new Match(node.handlers, node.allow, fields);
    }

    /**
     * A path that exists.
     *
     * @param handlers by method
     * @param allow the methods that it takes, for people and programs
     * @param fields the segments that stand for fields
     */
    record Match(Map<String, Handler> handlers, String allow, List<String> fields) {}

    private static final class Node {
        private final Map<String, Node> names = new HashMap<>();
        private final Map<String, Handler> handlers = new HashMap<>();
        private @Nullable Node field;
        private String allow = "";

        Node child(String segment) {
            if (!segment.startsWith("{")) {
                return names.computeIfAbsent(segment, fresh -> new Node());
            }
            Node child = field == null ? new Node() : field;
            field = child;
            return child;
        }
    }
}
