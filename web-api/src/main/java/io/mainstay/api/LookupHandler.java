package io.mainstay.api;

import io.mainstay.api.ProjectionReads.Search;
import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.projection.Row;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Reads one row of the projection, at least as new as the engine was when it was asked. */
final class LookupHandler implements Handler {
    private final Read.Lookup<?> read;
    private final RowQuery query;
    private final Engine engine;
    private final ProjectionReads rows;
    private final ProjectionWait wait;

    LookupHandler(Read.Lookup<?> read, Engine engine, ProjectionReads rows, ProjectionWait wait) {
        this.read = read;
        this.query = RowQuery.of(read.table(), read.conditions());
        this.engine = engine;
        this.rows = rows;
        this.wait = wait;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) {
        Call call = exchange.call(read.endpoint().fields());
        Map<Integer, Long> executedBefore = executedBefore();
        String subject = read.unknown().subject().apply(call);
        return wait.until(search -> isEnough(search, executedBefore), () -> rows.search(subject, query, call))
                .thenApply(search -> search.row()
                        .map(row -> Reply.json(200, DocumentWriter.write(read.document(), row, new JsonText())))
                        .orElseThrow(() -> unknown(subject, search.covers(executedBefore))));
    }

    private boolean isEnough(Search search, Map<Integer, Long> executedBefore) {
        if (search.row().isEmpty()) {
            return search.covers(executedBefore);
        }
        Row row = search.row().get();
        int shard = row.get(read.table().shard());
        return read.isFinal().test(row) || search.covers(shard, executedBefore.getOrDefault(shard, 0L));
    }

    /** A shard that does not serve does not know yet what it had done before, so no projection covers that. */
    private Map<Integer, Long> executedBefore() {
        return engine.status().stream()
                .collect(Collectors.toMap(
                        ShardStatus::shard, shard -> shard.phase().isRunning() ? shard.nextOffset() : Long.MAX_VALUE));
    }

    private ProblemException unknown(String subject, boolean caughtUp) {
        return new ProblemException(Problem.of(
                ProblemType.of(read.unknown().refusal()),
                caughtUp
                        ? "There is no " + subject + "."
                        : "There is no " + subject
                                + " in the projection, which is behind the engine; ask again if it was just made."));
    }
}
