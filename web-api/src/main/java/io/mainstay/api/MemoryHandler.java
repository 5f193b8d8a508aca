package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read;
import io.mainstay.core.access.Seen;
import io.mainstay.core.gateway.CommandGateway.Reading;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads one shard's memory. */
final class MemoryHandler<S, V> implements Handler {
    private final Read.Memory<S, V> read;
    private final Class<S> state;
    private final Engine engine;

    MemoryHandler(Read.Memory<S, V> read, Class<S> state, Engine engine) {
        this.read = read;
        this.state = state;
        this.engine = engine;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) {
        Call call = exchange.call(read.endpoint().fields());
        return engine.read(
                        call.get(read.aggregate()), state, held -> read.read().apply(held, call))
                .thenApply(reading -> reply(reading, call));
    }

    private Reply reply(Optional<Reading<Optional<V>>> reading, Call call) {
        return reading.flatMap(seen ->
                        seen.value().map(value -> new Seen<>(value, seen.shard(), seen.nextOffset() - 1)))
                .map(seen -> Reply.json(200, DocumentWriter.write(read.document(), seen, new JsonText())))
                .orElseThrow(() -> Requests.unknown(read.unknown(), call));
    }
}
