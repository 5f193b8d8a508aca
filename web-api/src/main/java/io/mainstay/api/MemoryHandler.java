package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read;
import io.mainstay.core.access.Seen;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.log.LogPoint;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads the memory of the shard that holds an aggregate, as it is or as it was. */
final class MemoryHandler<S, V> implements Handler {
    private final Read.Memory<S, V> read;
    private final Class<S> state;
    private final Engine engine;
    private final History history;

    MemoryHandler(Read.Memory<S, V> read, Class<S> state, Engine engine, History history) {
        this.read = read;
        this.state = state;
        this.engine = engine;
        this.history = history;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) {
        Call call = exchange.call(read.endpoint().fields());
        Optional<LogPoint> point = PointParameters.of(exchange.query());
        if (point.isEmpty()) {
            return engine.read(
                            call.get(read.aggregate()),
                            state,
                            held -> read.read().apply(held, call))
                    .thenApply(reading -> reply(reading, call));
        }
        return engine.read(call.get(read.aggregate()), state, held -> true)
                .thenCompose(now -> history.readAt(
                        now.orElseThrow(() -> Requests.unknown(read.unknown(), call))
                                .shard(),
                        point.get(),
                        state,
                        held -> read.read().apply(held, call)))
                .thenApply(then -> reply(Optional.of(then), call));
    }

    private Reply reply(Optional<Reading<Optional<V>>> reading, Call call) {
        return reading.flatMap(seen ->
                        seen.value().map(value -> new Seen<>(value, seen.shard(), seen.nextOffset() - 1)))
                .map(seen -> Reply.json(200, DocumentWriter.write(read.document(), seen, new JsonText())))
                .orElseThrow(() -> Requests.unknown(read.unknown(), call));
    }
}
