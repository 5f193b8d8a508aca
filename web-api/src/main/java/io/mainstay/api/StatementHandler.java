package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.projection.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads what rows did to a balance in a range of time; the database tells the balances before and after. */
final class StatementHandler<S> implements Handler {
    private final Read.Statement<S> read;
    private final Read.Listing<S> entries;
    private final RowQuery lastBefore;
    private final RowQuery between;
    private final Class<S> state;
    private final Engine engine;
    private final ProjectionReads rows;
    private final ProjectionWait wait;

    StatementHandler(Read.Statement<S> read, Class<S> state, Engine engine, ProjectionReads rows, ProjectionWait wait) {
        this.read = read;
        this.entries = read.entries();
        this.lastBefore = RowQuery.lastBefore(entries.table(), entries.conditions(), entries.order());
        this.between = RowQuery.between(entries.table(), entries.conditions(), entries.order());
        this.state = state;
        this.engine = engine;
        this.rows = rows;
        this.wait = wait;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) {
        Call call = exchange.call(read.endpoint().fields());
        Freshness wanted = wait.freshness(exchange);
        Wish wish = new Wish(
                TimeRange.of(exchange.query()),
                ListingHandler.limit(exchange.query().getFirst("limit")),
                cursor(exchange.query().getFirst("cursor")));
        return engine.read(
                        call.get(entries.aggregate()),
                        state,
                        held -> entries.newest().apply(held, call))
                .thenCompose(found -> {
                    Reading<OptionalLong> reading = found.filter(
                                    seen -> seen.value().isPresent())
                            .orElseThrow(() -> Requests.unknown(entries.unknown(), call));
                    return pages(call, reading, wanted, wish)
                            .thenApply(page -> reply(exchange, call, reading.shard(), wish, page));
                });
    }

    private CompletionStage<Page> pages(Call call, Reading<OptionalLong> reading, Freshness wanted, Wish wish) {
        long newest = reading.value().getAsLong();
        String subject = "the statement of " + entries.unknown().subject().apply(call);
        return wait.until(
                wanted,
                page -> page.closing().order() >= newest
                        || page.projected().covers(reading.shard(), reading.nextOffset()),
                () -> rows.together(
                        subject, call.tenant(), (database, projected) -> page(database, projected, call, wish)));
    }

    /** Rows are found by their order alone, because one that is higher in it is not of an earlier time. */
    private Page page(ProjectionReads.Rows database, Projected projected, Call call, Wish wish) throws SQLException {
        Balance opening = last(database.find(lastBefore, call, 1, wish.range().from()));
        Balance closing = wish.cursor().isEmpty()
                ? last(database.find(lastBefore, call, 1, wish.range().to()))
                : last(database.find(
                        between,
                        call,
                        1,
                        wish.cursor().get().closing() - 1,
                        wish.cursor().get().closing()));
        long above =
                Math.max(opening.order(), wish.cursor().map(Cursor.Within::last).orElse(0L));
        List<Row> found = database.find(between, call, wish.limit() + 1, above, closing.order());
        boolean more = found.size() > wish.limit();
        return new Page(opening, closing, more ? found.subList(0, wish.limit()) : found, more, projected);
    }

    private Balance last(List<Row> found) {
        return found.isEmpty()
                ? Balance.NONE
                : new Balance(found.get(0).get(entries.order()), found.get(0).get(read.balance()));
    }

    private Reply reply(Exchange exchange, Call call, int shard, Wish wish, Page page) {
        String next = page.more()
                ? new Cursor.Within(
                                page.rows().get(page.rows().size() - 1).get(entries.order()),
                                page.closing().order())
                        .text()
                : null;
        Position projected = page.projected().of(shard);
        JsonText json = new JsonText()
                .object()
                .text("from", wish.range().from())
                .text("to", wish.range().to())
                .number("opening" + read.balanceName(), page.opening().balance())
                .number("closing" + read.balanceName(), page.closing().balance());
        DocumentWriter.list(entries.list(), entries.document(), page.rows(), json)
                .text("next", next)
                .object("projection")
                .number("shard", projected.shard())
                .number("offset", projected.offset())
                .end()
                .end();
        Reply reply = Reply.json(200, json)
                .with(Links.HEADER, Links.of(read.endpoint(), call, exchange.query(), wish.limit(), next));
        return page.projected().stamp(reply, shard, engine.status());
    }

    private static Optional<Cursor.Within> cursor(@Nullable String text) {
        return text == null
                ? Optional.empty()
                : Optional.of(Cursor.Within.of(text).orElseThrow(ListingHandler::notOurs));
    }

    /** What a request asks for. */
    private record Wish(TimeRange range, int limit, Optional<Cursor.Within> cursor) {}

    /** The balance behind the row at a place in order; the one before all rows at place 0. */
    private record Balance(long order, long balance) {
        static final Balance NONE = new Balance(0, 0);
    }

    private record Page(Balance opening, Balance closing, List<Row> rows, boolean more, Projected projected)
            implements Projected.Reading {
        Page {
            rows = List.copyOf(rows);
        }
    }
}
