package io.mainstay.api;

import io.mainstay.core.EngineException;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.rebuild.RebuildStatus;
import io.mainstay.core.rebuild.RebuildStatus.Compared;
import io.mainstay.core.rebuild.RebuildStatus.Shard;
import io.mainstay.core.rebuild.Rebuilds;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Begins, shows and breaks off the making anew of a target's tables; none of the answers waits for its end. */
final class RebuildHandler {
    static final Endpoint START = endpoint("rebuild", "POST", "Make a target's tables anew");
    static final Endpoint STATUS = endpoint("rebuild-status", "GET", "How far rebuilds are");
    static final Endpoint CANCEL = endpoint("rebuild-cancel", "DELETE", "Break a rebuild off");

    private static final String TARGET = "target";
    private static final String TARGET_DEFAULT = "sql";
    private static final int RETRY_MILLIS = 10_000;

    private final Rebuilds rebuilds;
    private final Executor replies;

    RebuildHandler(Rebuilds rebuilds, Executor replies) {
        this.rebuilds = rebuilds;
        this.replies = replies;
    }

    CompletionStage<Reply> start(Exchange exchange) {
        return reply(
                rebuilds.start(target(exchange)),
                ProblemType.REBUILD_RUNNING,
                begun -> Reply.json(202, write(begun, new JsonText())));
    }

    CompletionStage<Reply> cancel(Exchange exchange) {
        return reply(
                rebuilds.cancel(target(exchange)),
                ProblemType.REBUILD_NOT_RUNNING,
                cancelled -> Reply.json(200, write(cancelled, new JsonText())));
    }

    CompletionStage<Reply> status(Exchange exchange) {
        return reply(rebuilds.status(), ProblemType.REBUILD_UNAVAILABLE, RebuildHandler::list);
    }

    private <T> CompletionStage<Reply> reply(CompletionStage<T> asked, ProblemType retried, Function<T, Reply> answer) {
        return asked.exceptionally(failure -> {
                    throw failed(Failures.unwrap(failure), retried);
                })
                .thenApplyAsync(answer, replies);
    }

    private static String target(Exchange exchange) {
        return Objects.requireNonNullElse(exchange.query().getFirst(TARGET), TARGET_DEFAULT);
    }

    private static RuntimeException failed(Throwable cause, ProblemType retried) {
        return switch (cause) {
            case IllegalArgumentException unknown -> Requests.parameter(TARGET, unknown.getMessage() + ".");
            case EngineException engine ->
                new ProblemException(
                        Problem.of(
                                        engine.severity() == EngineException.Severity.RETRY
                                                ? retried
                                                : ProblemType.REBUILD_UNAVAILABLE,
                                        "Nothing was done: " + engine.getMessage() + ".")
                                .retryAfterMillis(RETRY_MILLIS),
                        engine);
            default -> Failures.rethrow(cause);
        };
    }

    private static Reply list(List<RebuildStatus> rebuilds) {
        JsonText json = new JsonText().object().array("rebuilds");
        rebuilds.forEach(rebuild -> write(rebuild, json));
        return Reply.json(200, json.endArray().end());
    }

    private static JsonText write(RebuildStatus rebuild, JsonText json) {
        json.object()
                .text("id", rebuild.id())
                .text("target", rebuild.target())
                .text("state", rebuild.state().name().toLowerCase(Locale.ROOT))
                .truth("ended", rebuild.state().isEnd())
                .text("createdAt", rebuild.createdAt())
                .text("updatedAt", rebuild.updatedAt())
                .number("rows", rebuild.rows())
                .array("shards");
        for (Shard shard : rebuild.shards()) {
            json.object()
                    .number("shard", shard.shard())
                    .number("offset", shard.offset())
                    .number("goal", shard.goal())
                    .end();
        }
        json.endArray().array("compared");
        for (Compared table : rebuild.compared()) {
            json.object()
                    .text("table", table.table())
                    .number("rows", table.rows())
                    .number("rebuiltRows", table.rebuiltRows())
                    .truth("equal", table.equal())
                    .end();
        }
        return json.endArray().text("cause", rebuild.cause().orElse(null)).end();
    }

    private static Endpoint endpoint(String name, String method, String summary) {
        return Endpoint.of(
                name,
                method,
                "/operations/rebuild",
                "Operations",
                summary,
                "Beside the tables in force, from archive and log; openapi.yaml tells its answers.");
    }
}
