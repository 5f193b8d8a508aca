package io.mainstay.api;

import io.mainstay.core.EngineException;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.reconcile.Difference;
import io.mainstay.core.reconcile.ReconcileReport;
import io.mainstay.core.reconcile.ReconcileReport.Compared;
import io.mainstay.core.reconcile.ReconcileReport.ShardReport;
import io.mainstay.core.reconcile.Reconciliation;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares engine and database, and answers when that is done. */
final class ReconcileHandler implements Handler {
    static final Endpoint ENDPOINT = Endpoint.of(
            "reconcile",
            "POST",
            "/operations/reconcile",
            "Operations",
            "Compare engine and database",
            "Row by row and in sums, at one offset of each shard; openapi.yaml tells its answers.");

    private static final String SHARD = "shard";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final int RETRY_MILLIS = 10_000;

    private final Reconciliation reconciliation;
    private final Executor replies;

    ReconcileHandler(Reconciliation reconciliation, Executor replies) {
        this.reconciliation = reconciliation;
        this.replies = replies;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) {
        return reconciliation
                .reconcile(shard(exchange.query().getFirst(SHARD)))
                .exceptionally(failure -> {
                    throw failed(Failures.unwrap(failure));
                })
                .thenApplyAsync(ReconcileHandler::reply, replies);
    }

    private static OptionalInt shard(@Nullable String text) {
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!NUMBER.matcher(text).matches()) {
            throw Requests.parameter(SHARD, "shard has to be the number of a shard, from 0 on.");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static RuntimeException failed(Throwable cause) {
        return switch (cause) {
            case IllegalArgumentException unknown -> Requests.parameter(SHARD, unknown.getMessage() + ".");
            case EngineException engine ->
                new ProblemException(
                        Problem.of(
                                        engine.severity() == EngineException.Severity.RETRY
                                                ? ProblemType.RECONCILE_RUNNING
                                                : ProblemType.RECONCILE_UNAVAILABLE,
                                        "Nothing is said about differences: " + engine.getMessage() + ".")
                                .retryAfterMillis(RETRY_MILLIS),
                        engine);
            default -> Failures.rethrow(cause);
        };
    }

    private static Reply reply(ReconcileReport report) {
        JsonText json = new JsonText()
                .object()
                .truth("equal", report.differenceCount() == 0)
                .number("differenceCount", report.differenceCount())
                .number("tookMillis", report.took().toMillis())
                .array("shards");
        report.shards().forEach(shard -> write(shard, json));
        return Reply.json(200, json.endArray().end());
    }

    private static void write(ShardReport shard, JsonText json) {
        json.object()
                .number("shard", shard.shard())
                .number("offset", shard.offset())
                .number("tookMillis", shard.took().toMillis())
                .array("compared");
        for (Compared compared : shard.compared()) {
            json.object()
                    .text("table", compared.table())
                    .number("rows", compared.rowCount())
                    .number("sums", compared.sumCount())
                    .end();
        }
        json.endArray().number("differenceCount", shard.differenceCount()).array("differences");
        for (Difference difference : shard.differences()) {
            json.object()
                    .text("kind", difference.kind().name().toLowerCase(Locale.ROOT))
                    .text("table", difference.table())
                    .text("key", difference.key())
                    .text("column", difference.column())
                    .text("engine", difference.engine())
                    .text("database", difference.database())
                    .end();
        }
        json.endArray().end();
    }
}
