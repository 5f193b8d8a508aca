package io.mainstay.api;

import io.mainstay.api.ProjectionReads.Page;
import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read;
import io.mainstay.core.gateway.CommandGateway.Reading;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads rows of the projection in pages, at least as new as the aggregate that they belong to is in memory. */
final class ListingHandler<S> implements Handler {
    static final int LIMIT_DEFAULT = 50;
    static final int LIMIT_MAX = 500;

    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,9}");

    private final Read.Listing<S> read;
    private final RowQuery query;
    private final Class<S> state;
    private final Engine engine;
    private final ProjectionReads rows;
    private final ProjectionWait wait;

    ListingHandler(Read.Listing<S> read, Class<S> state, Engine engine, ProjectionReads rows, ProjectionWait wait) {
        this.read = read;
        this.query = RowQuery.ordered(read.table(), read.conditions(), read.order());
        this.state = state;
        this.engine = engine;
        this.rows = rows;
        this.wait = wait;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) {
        Call call = exchange.call(read.endpoint().fields());
        Freshness wanted = wait.freshness(exchange);
        int limit = limit(exchange.query().getFirst("limit"));
        long before = before(exchange.query().getFirst("cursor"));
        return engine.read(
                        call.get(read.aggregate()), state, held -> read.newest().apply(held, call))
                .thenCompose(found -> page(call, found, wanted, before, limit)
                        .thenApply(page -> reply(exchange, call, shard(found), limit, page)));
    }

    private CompletionStage<Page> page(
            Call call, Optional<Reading<OptionalLong>> found, Freshness wanted, long before, int limit) {
        Reading<OptionalLong> reading = found.filter(seen -> seen.value().isPresent())
                .orElseThrow(() -> Requests.unknown(read.unknown(), call));
        long newest = Math.min(reading.value().getAsLong(), before - 1);
        String subject = read.list() + " of " + read.unknown().subject().apply(call);
        return wait.until(
                wanted,
                page -> newest < 1
                        || reaches(page, newest)
                        || page.projected().covers(reading.shard(), reading.nextOffset()),
                () -> rows.page(subject, query, call, limit, before));
    }

    private static int shard(Optional<? extends Reading<?>> found) {
        return found.orElseThrow().shard();
    }

    private boolean reaches(Page page, long newest) {
        return !page.rows().isEmpty() && page.rows().get(0).get(read.order()) >= newest;
    }

    private Reply reply(Exchange exchange, Call call, int shard, int limit, Page page) {
        String next =
                page.more() ? Cursor.of(page.rows().get(page.rows().size() - 1).get(read.order())) : null;
        Position projected = page.projected().of(shard);
        JsonText json = new JsonText().object();
        DocumentWriter.list(read.list(), read.document(), page.rows(), json)
                .text("next", next)
                .object("projection")
                .number("shard", projected.shard())
                .number("offset", projected.offset())
                .end()
                .end();
        Reply reply = Reply.json(200, json)
                .with(Links.HEADER, Links.of(read.endpoint(), call, exchange.query(), limit, next));
        return page.projected().stamp(reply, shard, engine.status());
    }

    /** How many at most; a default without it, {@link ProblemException} if it is not proper. */
    static int limit(@Nullable String text) {
        if (text == null) {
            return LIMIT_DEFAULT;
        }
        int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LIMIT_MAX) {
            throw Requests.parameter("limit", "limit has to be a whole number from 1 to " + LIMIT_MAX + ".");
        }
        return limit;
    }

    private static long before(@Nullable String cursor) {
        return cursor == null ? Long.MAX_VALUE : Cursor.versionBefore(cursor).orElseThrow(ListingHandler::notOurs);
    }

    static ProblemException notOurs() {
        return Requests.parameter("cursor", "cursor is not one that an answer to this reading has given.");
    }
}
