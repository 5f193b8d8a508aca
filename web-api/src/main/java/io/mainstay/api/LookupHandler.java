package io.mainstay.api;

import io.mainstay.api.ProjectionReads.Search;
import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read;
import io.mainstay.core.projection.Row;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Reads one row of the projection, at least as new as the engine was when it was asked. */
final class LookupHandler implements Handler {
    private final Read.Lookup<?> read;
    private final RowQuery query;
    private final Engine engine;
    private final CachedReads rows;
    private final ProjectionWait wait;

    LookupHandler(Read.Lookup<?> read, Engine engine, CachedReads rows, ProjectionWait wait) {
        this.read = read;
        this.query = RowQuery.of(read.table(), read.conditions());
        this.engine = engine;
        this.rows = rows;
        this.wait = wait;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) {
        Call call = exchange.call(read.endpoint().fields());
        Freshness wanted = wait.freshness(exchange);
        Map<Integer, Long> executedBefore = engine.executedBefore();
        String subject = read.unknown().subject().apply(call);
        return rows.cached(query, call, search -> wanted.isMetBy(search, () -> isEnough(search, executedBefore)))
                .map(wait::atOnce)
                .orElseGet(() -> wait.until(
                        wanted, search -> isEnough(search, executedBefore), () -> rows.search(subject, query, call)))
                .thenApply(search -> reply(subject, search, executedBefore));
    }

    private Reply reply(String subject, Search search, Map<Integer, Long> executedBefore) {
        Row row = search.row()
                .orElseThrow(() -> unknown(subject, search.projected().covers(executedBefore)));
        Reply reply = Reply.json(200, DocumentWriter.write(read.document(), row, new JsonText()));
        return search.projected().stamp(reply, row.get(read.table().shard()), engine.status());
    }

    private boolean isEnough(Search search, Map<Integer, Long> executedBefore) {
        if (search.row().isEmpty()) {
            return search.projected().covers(executedBefore);
        }
        Row row = search.row().get();
        int shard = row.get(read.table().shard());
        return read.isFinal().test(row) || search.projected().covers(shard, executedBefore.getOrDefault(shard, 0L));
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
