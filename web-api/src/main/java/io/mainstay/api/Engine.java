package io.mainstay.api;

import io.mainstay.core.EngineException;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardStatus;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The engine as requests use it: answers come on the threads made for them, and not later than the time-out.
 *
 * <p>The stages fail with {@link ProblemException} alone, apart from mistakes of ours.
 */
@Singleton
final class Engine {
    private static final int RETRY_READ_MILLIS = 1000;

    private final CommandGateway gateway;
    private final Executor replies;
    private final long timeoutMillis;

    @Inject
    Engine(@FromServer CommandGateway gateway, AnswerThreads threads, @FromServer ApiConfig config) {
        this(gateway, threads.replies(), config);
    }

    Engine(CommandGateway gateway, Executor replies, ApiConfig config) {
        this.gateway = gateway;
        this.replies = replies;
        this.timeoutMillis = config.commandTimeout().toMillis();
    }

    /**
     * Hands a request over and puts its outcome into words; after the time-out as far as it has come.
     *
     * @param atOnce whether it is enough to know that it goes on by itself
     */
    CompletionStage<Reply> submit(CommandRequest request, boolean atOnce, Function<Outcome, Reply> words) {
        Pending pending = new Pending(atOnce);
        gateway.submit(request, pending);
        return inTime(pending.outcome)
                .handleAsync(
                        (outcome, failure) ->
                                failure == null ? words.apply(outcome) : commandFailed(failure, pending.begun, words),
                        replies);
    }

    /** Something that a shard's memory holds, after every command that was answered before; empty if no shard has it. */
    <S, R> CompletionStage<Optional<Reading<R>>> read(UUID aggregate, Class<S> stateType, Function<S, R> read) {
        return told(gateway.read(aggregate, stateType, read));
    }

    /** Something of every shard's memory, after every command that it answered before. */
    <S, R> CompletionStage<List<Reading<R>>> readAll(Class<S> stateType, Function<S, R> read) {
        return told(gateway.readAll(stateType, read));
    }

    private <T> CompletionStage<T> told(CompletionStage<T> reading) {
        return inTime(reading)
                .exceptionally(failure -> {
                    throw readFailed(Failures.unwrap(failure));
                })
                .thenApplyAsync(seen -> seen, replies);
    }

    List<ShardStatus> status() {
        return gateway.status();
    }

    /**
     * What each shard has executed: all below this offset. A shard that does not serve does not know yet what it had done
     * before, so no projection covers that.
     */
    Map<Integer, Long> executedBefore() {
        return status().stream()
                .collect(Collectors.toMap(
                        ShardStatus::shard, shard -> shard.phase().isRunning() ? shard.nextOffset() : Long.MAX_VALUE));
    }

    private <T> CompletableFuture<T> inTime(CompletionStage<T> stage) {
        return stage.toCompletableFuture().copy().orTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private Reply commandFailed(Throwable failure, Outcome.@Nullable Begun begun, Function<Outcome, Reply> words) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof TimeoutException) {
            if (begun != null) {
                return words.apply(begun);
            }
            return Problem.of(
                            ProblemType.COMMAND_TIMEOUT,
                            "There was no outcome within " + timeoutMillis
                                    + " ms. The command may still be done: repeat it with the same Idempotency-Key"
                                    + " to learn what became of it.")
                    .reply();
        }
        throw Failures.rethrow(cause);
    }

    private static RuntimeException readFailed(Throwable cause) {
        if (cause instanceof TimeoutException || cause instanceof EngineException) {
            return new ProblemException(
                    Problem.of(
                                    ProblemType.SHARD_UNAVAILABLE,
                                    "The shard that holds it cannot be read at present; ask again.")
                            .retryAfterMillis(RETRY_READ_MILLIS),
                    cause);
        }
        return Failures.rethrow(cause);
    }

    /** Takes the answer, and that there will be one later. */
    private static final class Pending implements io.mainstay.core.gateway.Reply {
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private final boolean atOnce;
        private volatile Outcome.@Nullable Begun begun;

        Pending(boolean atOnce) {
            this.atOnce = atOnce;
        }

        @Override
        public void accept(Outcome answer) {
            outcome.complete(answer);
        }

        @Override
        public void begun(Outcome.Begun running) {
            begun = running;
            if (atOnce) {
                outcome.complete(running);
            }
        }
    }
}
