package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mainstay.core.EngineException;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.domain.ledger.OpenAccount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final UUID ID = new UUID(0, 1);
    private static final ApiConfig CONFIG = new ApiConfig(Duration.ofMillis(50), Duration.ZERO);

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final CompletableFuture<Void> reading = new CompletableFuture<>();
    private Optional<Outcome.Begun> begun = Optional.empty();
    private final Engine engine = new Engine(new FakeGateway(), Runnable::run, CONFIG);

    @Test
    void answersWithTheOutcome() {
        outcome.complete(new Outcome.CrossShard());

        assertThat(submit().status()).isEqualTo(422);
    }

    @Test
    void givesUpAfterTheTimeOutAndLeavesTheCommandAlone() {
        Reply reply = submit();

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.body()).contains("urn:mainstay:problem:command-timeout");
        assertThat(outcome).isNotDone();
    }

    @Test
    void tellsThatAShardCannotBeRead() {
        reading.completeExceptionally(new EngineException(EngineException.Severity.RETRY, "recovers"));

        assertThat(readProblem().type()).isEqualTo(ProblemType.SHARD_UNAVAILABLE);
        assertThat(readProblem().headers()).containsEntry("Retry-After", "1");
    }

    @Test
    void tellsHowFarACommandIsThatRunsLongerThanTheTimeOut() {
        begun = Optional.of(new Outcome.Begun(2, 7, 0, 1, List.of(), false));

        assertThat(submit().body()).isEqualTo("Begun");
    }

    @Test
    void readsNothingOfAnAggregateThatNoShardHas() {
        reading.complete(null);

        assertThat(read().join()).isEmpty();
    }

    private Reply submit() {
        return engine.submit(CommandRequest.of(new OpenAccount(ID, "main", "EUR", 0), ID), false, EngineTest::words)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private CompletableFuture<? extends Optional<?>> read() {
        return engine.read(ID, String.class, state -> state)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS);
    }

    private static Reply words(Outcome told) {
        return new Reply(
                told instanceof Outcome.CrossShard ? 422 : 202,
                Reply.JSON,
                told.getClass().getSimpleName(),
                Map.of());
    }

    private Problem readProblem() {
        CompletableFuture<?> found = read();
        Throwable cause = Failures.unwrap(catchThrowableOfType(CompletionException.class, found::join));
        assertThat(cause).isInstanceOf(ProblemException.class);
        return ((ProblemException) cause).problem();
    }

    private final class FakeGateway implements CommandGateway {
        @Override
        public <S, R> CompletionStage<List<Reading<R>>> readAll(Class<S> stateType, Function<S, R> read) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void submit(CommandRequest request, io.mainstay.core.gateway.Reply reply) {
            begun.ifPresent(reply::begun);
            var unused = outcome.thenAccept(reply::accept);
        }

        @Override
        public <S, R> CompletionStage<Optional<Reading<R>>> read(
                UUID aggregate, Class<S> stateType, Function<S, R> read) {
            return reading.thenApply(none -> Optional.empty());
        }

        @Override
        public List<ShardStatus> status() {
            return List.of();
        }
    }
}
