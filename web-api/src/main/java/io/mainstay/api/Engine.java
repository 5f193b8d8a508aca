package io.mainstay.api;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.Command;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

    /** Hands a command over and puts its outcome into words. */
    CompletionStage<Reply> submit(Command command, UUID key) {
        return submit(CommandRequest.of(command, key));
    }

    /** Hands a request over and puts its outcome into words. */
    CompletionStage<Reply> submit(CommandRequest request) {
        return inTime(gateway.submit(request))
                .handleAsync(
                        (outcome, failure) -> failure == null ? CommandReplies.of(outcome) : commandFailed(failure),
                        replies);
    }

    /** An account as it is after every command that was answered before. */
    CompletionStage<Found> account(UUID id) {
        return inTime(gateway.read(id, LedgerState.class, state -> state.account(id)))
                .exceptionally(failure -> {
                    throw readFailed(Failures.unwrap(failure));
                })
                .thenApplyAsync(reading -> found(id, reading), replies);
    }

    List<ShardStatus> status() {
        return gateway.status();
    }

    private <T> CompletableFuture<T> inTime(CompletionStage<T> stage) {
        return stage.toCompletableFuture().copy().orTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    private Reply commandFailed(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        if (cause instanceof TimeoutException) {
            return Problem.of(
                            ProblemType.COMMAND_TIMEOUT,
                            "There was no outcome within " + timeoutMillis
                                    + " ms. The command may still be done: repeat it with the same Idempotency-Key"
                                    + " to learn what became of it.")
                    .reply();
        }
        throw Failures.rethrow(cause);
    }

    private static Found found(UUID id, Optional<Reading<Optional<AccountView>>> reading) {
        return reading.flatMap(seen -> seen.value().map(account -> new Found(account, seen)))
                .orElseThrow(() -> new ProblemException(
                        Problem.of(ProblemType.ACCOUNT_UNKNOWN, "There is no account " + id + ".")));
    }

    private static RuntimeException readFailed(Throwable cause) {
        if (cause instanceof TimeoutException || cause instanceof EngineException) {
            return new ProblemException(
                    Problem.of(
                                    ProblemType.SHARD_UNAVAILABLE,
                                    "The shard of the account cannot be read at present; ask again.")
                            .retryAfterMillis(RETRY_READ_MILLIS),
                    cause);
        }
        return Failures.rethrow(cause);
    }

    /** An account and the place in the log where it was seen. */
    record Found(AccountView account, Reading<?> reading) {}
}
