package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read;
import io.mainstay.core.access.Seen;
import io.mainstay.core.gateway.CommandGateway.Reading;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads every shard's memory. */
final class EverywhereHandler<S, V> implements Handler {
    private final Read.Everywhere<S, V> read;
    private final Class<S> state;
    private final Engine engine;

    EverywhereHandler(Read.Everywhere<S, V> read, Class<S> state, Engine engine) {
        this.read = read;
        this.state = state;
        this.engine = engine;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) {
        Call call = exchange.call(read.endpoint().fields());
        return engine.readAll(state, held -> read.read().apply(held, call)).thenApply(this::reply);
    }

    private Reply reply(List<Reading<List<V>>> readings) {
        JsonText json = new JsonText().object().array(read.list());
        for (Reading<List<V>> reading : readings) {
            for (V value : reading.value()) {
                DocumentWriter.write(
                        read.document(), new Seen<>(value, reading.shard(), reading.nextOffset() - 1), json);
            }
        }
        return Reply.json(200, json.endArray().end());
    }
}
