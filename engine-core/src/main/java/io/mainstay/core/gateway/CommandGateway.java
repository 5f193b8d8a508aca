package io.mainstay.core.gateway;

import io.mainstay.core.domain.Command;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The engine as callers in the same server see it. Safe for use by many threads; never blocks. */
public interface CommandGateway {
    /**
     * Hands a command to its shard. The stage completes with the outcome, never exceptionally, on an engine thread
     * made for replies; it carries no time limit of its own.
     */
    default CompletionStage<Outcome> submit(CommandRequest request) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        submit(request, answer::complete);
        return answer;
    }

    /**
     * Hands a command to its shard, for callers to whom a stage for each is too much.
     *
     * @param reply is given the outcome before this returns or on the shard's own thread
     */
    void submit(CommandRequest request, Reply reply);

    /** Submits a command of nobody in particular, for any version of what it is about. */
    default CompletionStage<Outcome> submit(Command command, UUID key) {
        return submit(CommandRequest.of(command, key));
    }

    /**
     * Reads the state of the shard that holds an aggregate, after every command that was answered before.
     *
     * @param stateType the type of the domain's state
     * @param read runs on the shard's own thread: short, without side effects, and nothing of the state may leave it
     * @return the reading, or empty if no shard holds the aggregate; fails with {@link
     *     io.mainstay.core.EngineException} RETRY if the shard does not serve or is overloaded
     */
    <S, R> CompletionStage<Optional<Reading<R>>> read(UUID aggregate, Class<S> stateType, Function<S, R> read);

    /**
     * Reads the state of every shard, each after every command that it answered before, and not all at one time.
     *
     * @return one reading a shard, in the order of their numbers; fails with {@link io.mainstay.core.EngineException} RETRY
     *     if a shard does not serve or is overloaded
     */
    <S, R> CompletionStage<List<Reading<R>>> readAll(Class<S> stateType, Function<S, R> read);

    /** One element a shard, in the order of their numbers. */
    List<ShardStatus> status();

    /**
     * What was read, and where the shard was.
     *
     * @param nextOffset every command below this offset is in the reading
     */
    record Reading<R>(int shard, long nextOffset, R value) {}
}
