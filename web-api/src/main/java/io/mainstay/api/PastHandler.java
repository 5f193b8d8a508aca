package io.mainstay.api;

import io.mainstay.core.gateway.ShardStatus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A read of memory for callers who want to see what they know to be in the log: memory has it, or does not serve yet. */
final class PastHandler implements Handler {
    private static final int RETRY_MILLIS = 1000;

    private final Handler read;
    private final Engine engine;

    PastHandler(Handler read, Engine engine) {
        this.read = read;
        this.engine = engine;
    }

    @Override
    public CompletionStage<Reply> handle(Exchange exchange) throws IOException {
        if (exchange.query().containsKey(Freshness.AFTER)) {
            List<ShardStatus> shards = engine.status();
            Freshness.after(exchange, shards).ifPresent(after -> check(after, shards));
        }
        return read.handle(exchange);
    }

    private static void check(Position after, List<ShardStatus> shards) {
        for (ShardStatus status : shards) {
            if (status.shard() == after.shard()
                    && (!status.phase().isRunning() || status.nextOffset() <= after.offset())) {
                throw new ProblemException(Problem.of(
                                ProblemType.SHARD_UNAVAILABLE,
                                "Shard %d has not come to offset %d; ask again."
                                        .formatted(after.shard(), after.offset()))
                        .with(Problem.Place.ofShard(after.shard()))
                        .retryAfterMillis(RETRY_MILLIS));
            }
        }
    }
}
