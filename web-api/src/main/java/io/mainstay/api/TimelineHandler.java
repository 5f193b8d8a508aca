package io.mainstay.api;

import io.mainstay.api.ProjectionReads.Page;
import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.projection.Column;
import io.mainstay.core.projection.Row;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads rows of the projection in order of time, at least as new as the engine was when it was asked. */
final class TimelineHandler<S> implements Handler {
    /** No key is below it, so that with a time it is before all rows of that time. */
    private static final UUID LOWEST = new UUID(0, 0);

    private final Read.Timeline<S> read;
    private final RowQuery query;
    private final Column<?> key;
    private final Class<S> state;
    private final Engine engine;
    private final ProjectionReads rows;
    private final ProjectionWait wait;

    TimelineHandler(Read.Timeline<S> read, Class<S> state, Engine engine, ProjectionReads rows, ProjectionWait wait) {
        this.read = read;
        this.query = RowQuery.timeline(read.table(), read.alternatives());
        this.key = read.table().key().get(0);
        this.state = state;
        this.engine = engine;
        this.rows = rows;
        this.wait = wait;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) {
        Call call = exchange.call(read.endpoint().fields());
        Freshness wanted = wait.freshness(exchange);
        TimeRange range = TimeRange.of(exchange.query());
        int limit = ListingHandler.limit(exchange.query().getFirst("limit"));
        Cursor.Moment before = before(exchange, range);
        Map<Integer, Long> executedBefore = engine.executedBefore();
        String subject = read.list() + " of " + exchange.path();
        return visible(call)
                .thenCompose(seen -> wait.<Page>until(
                        wanted,
                        page -> page.projected().covers(executedBefore),
                        () -> rows.page(subject, query, call, limit, range.from(), before.time(), before.key())))
                .thenApply(page -> reply(exchange, call, limit, page));
    }

    /** Fails with {@link ProblemException} if what the rows belong to is not there. */
    private CompletionStage<Boolean> visible(Call call) {
        if (read.guard().isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        Read.Guard<S> guard = read.guard().get();
        return engine.read(
                        call.get(guard.aggregate()),
                        state,
                        held -> guard.visible().test(held, call))
                .thenApply(found -> {
                    if (found.filter(Reading::value).isEmpty()) {
                        throw Requests.unknown(guard.unknown(), call);
                    }
                    return true;
                });
    }

    private Reply reply(Exchange exchange, Call call, int limit, Page page) {
        String next = page.more() ? last(page).text() : null;
        JsonText json = new JsonText().object();
        DocumentWriter.list(read.list(), read.document(), page.rows(), json)
                .text("next", next)
                .end();
        Reply reply = Reply.json(200, json)
                .with(Links.HEADER, Links.of(read.endpoint(), call, exchange.query(), limit, next));
        return page.projected().stamp(reply, engine.status());
    }

    private Cursor.Moment last(Page page) {
        Row row = page.rows().get(page.rows().size() - 1);
        return new Cursor.Moment(row.get(read.table().createdAt()), (UUID) row.get(key));
    }

    private static Cursor.Moment before(Exchange exchange, TimeRange range) {
        String cursor = exchange.query().getFirst("cursor");
        Instant end = range.to();
        return cursor == null
                ? new Cursor.Moment(end, LOWEST)
                : Cursor.Moment.of(cursor)
                        .filter(moment -> moment.time().isBefore(end))
                        .orElseThrow(() -> ListingHandler.notOurs());
    }
}
