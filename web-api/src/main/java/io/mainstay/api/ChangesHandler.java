package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read;
import io.mainstay.core.domain.Event;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.replay.AggregateChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Reads from the log what changed an aggregate, and shows it to those who may know the aggregate. */
final class ChangesHandler<S> implements Handler {
    private final Read.Changes<S> read;
    private final Class<S> state;
    private final Engine engine;
    private final History history;

    ChangesHandler(Read.Changes<S> read, Class<S> state, Engine engine, History history) {
        this.read = read;
        this.state = state;
        this.engine = engine;
        this.history = history;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) {
        Call call = exchange.call(read.endpoint().fields());
        int limit = ListingHandler.limit(exchange.query().getFirst("limit"));
        LogPoint from = LogPoint.atOffset(
                PointParameters.offset("from", exchange.query().getFirst("from")));
        UUID aggregate = call.get(read.aggregate());
        return engine.read(aggregate, state, held -> read.visible().test(held, call))
                .thenCompose(found -> {
                    int shard = found.filter(Reading::value)
                            .orElseThrow(() -> Requests.unknown(read.unknown(), call))
                            .shard();
                    return history.changes(shard, aggregate, from, limit)
                            .thenApply(changes -> reply(shard, aggregate, changes, limit));
                });
    }

    private static Reply reply(int shard, UUID aggregate, List<AggregateChange> changes, int limit) {
        JsonText json = new JsonText().object().number("shard", shard).array("changes");
        for (AggregateChange change : changes) {
            json.object()
                    .number("offset", change.offset())
                    .text("time", Instant.EPOCH.plus(change.timestampMicros(), ChronoUnit.MICROS));
            RecordWriter.member("sender", change.sender(), json);
            RecordWriter.member("command", change.command(), json);
            json.array("events");
            for (Event event : change.events()) {
                if (event.changes(aggregate)) {
                    RecordWriter.element(event, json);
                }
            }
            json.endArray().end();
        }
        json.endArray();
        if (changes.size() < limit) {
            json.text("next", null);
        } else {
            json.number("next", changes.get(changes.size() - 1).offset() + 1);
        }
        return Reply.json(200, json.end());
    }
}
