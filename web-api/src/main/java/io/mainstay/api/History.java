package io.mainstay.api;

import io.mainstay.core.EngineException;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.replay.AggregateChange;
import io.mainstay.core.replay.LogOperations;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** What was, read back from the logs. The stages fail with {@link ProblemException} alone, apart from mistakes of ours. */
@Singleton
final class History {
    private static final int RETRY_MILLIS = 1000;

    private final LogOperations logs;
    private final Executor replies;
    private final long timeoutMillis;

    @Inject
    History(@FromServer LogOperations logs, AnswerThreads threads, @FromServer ApiConfig config) {
        this.logs = logs;
        this.replies = threads.replies();
        this.timeoutMillis = config.commandTimeout().toMillis();
    }

    /** A shard's memory as it was before the first command behind a point. */
    <S, R> CompletionStage<Reading<R>> readAt(int shard, LogPoint point, Class<S> stateType, Function<S, R> read) {
        return told(logs.readAt(shard, point, stateType, read));
    }

    /** What changed an aggregate, oldest first. */
    CompletionStage<List<AggregateChange>> changes(int shard, UUID aggregate, LogPoint from, int countMax) {
        return told(logs.changes(shard, aggregate, from, countMax));
    }

    private <T> CompletionStage<T> told(CompletionStage<T> reading) {
        return reading.toCompletableFuture()
                .copy()
                .orTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    throw failed(Failures.unwrap(failure));
                })
                .thenApplyAsync(seen -> seen, replies);
    }

    private RuntimeException failed(Throwable cause) {
        return switch (cause) {
            case TimeoutException late ->
                problem("The log was not read back within " + timeoutMillis + " ms; ask again.", late);
            case EngineException engine ->
                problem("The log cannot be read back at present: " + engine.getMessage(), engine);
            default -> Failures.rethrow(cause);
        };
    }

    private static ProblemException problem(String detail, Throwable cause) {
        return new ProblemException(
                Problem.of(ProblemType.HISTORY_UNAVAILABLE, detail).retryAfterMillis(RETRY_MILLIS), cause);
    }
}
