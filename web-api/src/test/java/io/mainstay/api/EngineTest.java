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
    void tellsThatNoShardHasTheAccount() {
        reading.complete(null);

        assertThat(readProblem().type()).isEqualTo(ProblemType.ACCOUNT_UNKNOWN);
    }

    private Reply submit() {
        return engine.submit(new OpenAccount(ID, "main", "EUR", 0), ID)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private Problem readProblem() {
        CompletableFuture<?> found = engine.account(ID).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS);
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
