package io.mainstay.api;

import io.mainstay.api.ProjectionReads.Page;
import io.mainstay.core.access.Call;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.Member;
import io.mainstay.core.access.Read;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.projection.Row;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
        int limit = limit(exchange.query().getFirst("limit"));
        long before = before(exchange.query().getFirst("cursor"));
        return engine.read(
                        call.get(read.aggregate()), state, held -> read.newest().apply(held, call))
                .thenCompose(found -> pages(call, found, before, limit));
    }

    private CompletionStage<Reply> pages(Call call, Optional<Reading<OptionalLong>> found, long before, int limit) {
        Reading<OptionalLong> reading = found.filter(seen -> seen.value().isPresent())
                .orElseThrow(() -> Requests.unknown(read.unknown(), call));
        long newest = Math.min(reading.value().getAsLong(), before - 1);
        String subject = read.list() + " of " + read.unknown().subject().apply(call);
        return wait.until(
                        page -> newest < 1 || reaches(page, newest) || page.projectedBefore() >= reading.nextOffset(),
                        () -> rows.page(subject, query, call, reading.shard(), before, limit))
                .thenApply(page -> reply(call, reading.shard(), limit, page));
    }

    private boolean reaches(Page page, long newest) {
        return !page.rows().isEmpty() && page.rows().get(0).get(read.order()) >= newest;
    }

    private Reply reply(Call call, int shard, int limit, Page page) {
        if (!page.more()) {
            return Reply.json(200, json(page, shard, null));
        }
        String next = Cursor.of(page.rows().get(page.rows().size() - 1).get(read.order()));
        return Reply.json(200, json(page, shard, next))
                .with("Link", "<%s?limit=%d&cursor=%s>; rel=\"next\"".formatted(path(call), limit, next));
    }

    private JsonText json(Page page, int shard, @Nullable String next) {
        JsonText json = new JsonText().object().array(read.list());
        for (Row row : page.rows()) {
            DocumentWriter.write(read.document(), row, json);
        }
        return json.endArray()
                .text("next", next)
                .object("projection")
                .number("shard", shard)
                .number("offset", shownBefore(page) - 1)
                .end()
                .end();
    }

    /** The projection may go on between the two questions, and then the rows tell: they are there with the position. */
    private long shownBefore(Page page) {
        long before = page.projectedBefore();
        if (!page.rows().isEmpty()) {
            for (Member<Row> member : read.document().members()) {
                if (member instanceof Member.Whole<Row>(var property, var of)
                        && property.kind() == Member.Kind.OFFSET) {
                    before = Math.max(before, of.applyAsLong(page.rows().get(0)) + 1);
                }
            }
        }
        return before;
    }

    private String path(Call call) {
        String path = CommandReplies.BASE + read.endpoint().path();
        for (Field<?> field : read.endpoint().fields().all()) {
            String value = URLEncoder.encode(call.get(field).toString(), StandardCharsets.UTF_8);
            path = path.replace("{" + field.name() + "}", value.replace("+", "%20"));
        }
        return path;
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
        return cursor == null
                ? Long.MAX_VALUE
                : Cursor.versionBefore(cursor)
                        .orElseThrow(() -> Requests.parameter("cursor", "cursor is not one that an answer has given."));
    }
}
