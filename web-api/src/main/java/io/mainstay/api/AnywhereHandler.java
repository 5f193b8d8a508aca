package io.mainstay.api;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.Read;
import io.mainstay.core.access.Seen;
import io.mainstay.core.gateway.CommandGateway.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Reads the memory of the shard that has it, whichever that is. */
final class AnywhereHandler<S, V> implements Handler {
    private final Read.Anywhere<S, V> read;
    private final Class<S> state;
    private final Engine engine;

    AnywhereHandler(Read.Anywhere<S, V> read, Class<S> state, Engine engine) {
        this.read = read;
        this.state = state;
        this.engine = engine;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) {
        Call call = exchange.call(read.endpoint().fields());
        return engine.readAll(state, held -> read.read().apply(held, call))
                .thenApply(readings -> reply(readings, call));
    }

    private Reply reply(List<Reading<Optional<V>>> readings, Call call) {
        for (Reading<Optional<V>> reading : readings) {
            if (reading.value().isPresent()) {
                Seen<V> seen = new Seen<>(reading.value().get(), reading.shard(), reading.nextOffset() - 1);
                return Reply.json(200, DocumentWriter.write(read.document(), seen, new JsonText()));
            }
        }
        throw Requests.unknown(read.unknown(), call);
    }
}
