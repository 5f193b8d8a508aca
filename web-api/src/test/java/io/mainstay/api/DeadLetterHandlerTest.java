package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.deadletters.DeadLetter;
import io.mainstay.core.deadletters.DeadLetterDetails;
import io.mainstay.core.deadletters.DeadLetterOperations;
import io.mainstay.core.deadletters.DeadLetterQuery;
import io.mainstay.core.deadletters.DeadLetterRefusal;
import io.mainstay.core.deadletters.RetryReport;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterHandlerTest {
    private static final UUID ID = new UUID(0, 7);
    private static final String LETTER_JSON = "\"id\":\"" + ID + "\",\"target\":\"sql\",\"shard\":2,\"offset\":58,"
            + "\"index\":1,\"eventAt\":\"1970-01-01T00:00:00Z\",\"domain\":\"ledger\",\"type\":\"TransferPosted\","
            + "\"state\":\"parked\",\"cause\":\"because\",\"retries\":3,\"createdAt\":\"1970-01-01T00:00:01Z\","
            + "\"updatedAt\":\"1970-01-01T00:00:02Z\",\"rows\":[\"accounts id=1\"]";
    private static final DeadLetter LETTER = new DeadLetter(
            ID,
            "sql",
            2,
            58,
            1,
            Instant.EPOCH,
            "ledger",
            "TransferPosted",
            List.of("accounts id=1"),
            DeadLetter.State.PARKED,
            "because",
            3,
            Instant.ofEpochSecond(1),
            Instant.ofEpochSecond(2));

    private final List<Object> asked = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private final DeadLetterHandler handler = new DeadLetterHandler(new Letters(), Runnable::run);

    @Test
    void listsWhatIsWanted() {
        assertThat(join(handler.list(exchange("", "target", "sql", "shard", "2", "state", "queued", "limit", "1")))
                        .body())
                .isEqualTo("{\"deadLetters\":[{" + LETTER_JSON + "}],\"next\":\"" + ID + "\"}");
        assertThat(asked)
                .containsExactly(new DeadLetterQuery(
                        Optional.of("sql"),
                        OptionalInt.of(2),
                        Optional.of(DeadLetter.State.QUEUED),
                        1,
                        Optional.empty()));
        assertThat(join(handler.list(exchange("", "after", ID.toString()))).body())
                .endsWith("],\"next\":null}");
    }

    @ParameterizedTest
    @CsvSource({"shard,-1", "shard,x", "state,open", "limit,0", "limit,1001", "after,7"})
    void refusesWhatIsNoQuery(String name, String value) {
        assertThatThrownBy(() -> handler.list(exchange("", name, value))).isInstanceOf(ProblemException.class);
    }

    @Test
    void showsALetter() {
        assertThat(join(handler.show(exchange(""))).body())
                .isEqualTo("{" + LETTER_JSON + ",\"frameHash\":\"0f\",\"event\":{\"type\":\"TransferPosted\"},"
                        + "\"discardedBy\":null,\"discardedBecause\":null,\"stack\":\"at x\"}");
    }

    @Test
    void retries() {
        assertThat(join(handler.retry(exchange(""))).body())
                .isEqualTo("{\"target\":\"sql\",\"shard\":2,\"resolvedCount\":5,\"parkedCount\":1,\"queuedCount\":4}");
    }

    @Test
    void discardsForSomebodyAndAReason() throws IOException {
        join(handler.discard(exchange("{\"by\":\"olga\",\"reason\":\"agreed\"}")));
        assertThat(asked).containsExactly("olga: agreed");
        for (String body : List.of("{\"by\":\"olga\"}", "{\"by\":\"olga\",\"reason\":\"\"}", "{\"reason\":\"x\"}")) {
            assertThatThrownBy(() -> handler.discard(exchange(body))).isInstanceOf(ProblemException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN, 404, dead-letter-unknown",
        "CLOSED, 409, dead-letter-closed",
        "BEHIND, 409, dead-letter-behind"
    })
    void tellsWhyNothingWasDone(DeadLetterRefusal.Reason reason, int status, String code) {
        failure = new DeadLetterRefusal(reason, "so it is");
        isProblem(status, code);
    }

    @ParameterizedTest
    @CsvSource({"RETRY, 409, dead-letters-busy", "DEGRADED, 503, dead-letters-unavailable"})
    void tellsWhenToAskAgain(EngineException.Severity severity, int status, String code) {
        failure = new EngineException(severity, "so it is");
        assertThat(isProblem(status, code).headers()).containsKey("Retry-After");
    }

    private Problem isProblem(int status, String code) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> join(handler.retry(exchange(""))));
        Problem problem = ((ProblemException) Failures.unwrap(thrown)).problem();
        assertThat(problem.type().status()).isEqualTo(status);
        assertThat(problem.type().code()).isEqualTo(code);
        assertThat(problem.detail()).contains("so it is.");
        return problem;
    }

    private static Reply join(CompletionStage<Reply> reply) {
        return reply.toCompletableFuture().join();
    }

    private static Exchange exchange(String body, String... query) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        for (int index = 0; index < query.length; index += 2) {
            parameters.add(query[index], query[index + 1]);
        }
        HttpHeaders headers = (HttpHeaders) Proxy.newProxyInstance(
                DeadLetterHandlerTest.class.getClassLoader(),
                new Class<?>[] {HttpHeaders.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getMediaType" -> new MediaType("application", "json");
                    case "getLength" -> body.length();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new Exchange(
                List.of(ID.toString()),
                parameters,
                headers,
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private final class Letters implements DeadLetterOperations {
        @Override
        public CompletionStage<List<DeadLetter>> list(DeadLetterQuery query) {
            asked.add(query);
            return CompletableFuture.completedFuture(List.of(LETTER));
        }

        @Override
        public CompletionStage<DeadLetterDetails> show(UUID id) {
            assertThat(id).isEqualTo(ID);
            return CompletableFuture.completedFuture(
                    new DeadLetterDetails(LETTER, "at x", "{\"type\":\"TransferPosted\"}", "0f", null, null));
        }

        @Override
        public CompletionStage<RetryReport> retry(UUID id) {
            return failure == null
                    ? CompletableFuture.completedFuture(new RetryReport("sql", 2, 5, 1, 4))
                    : CompletableFuture.failedFuture(failure);
        }

        @Override
        public CompletionStage<DeadLetterDetails> discard(UUID id, String by, String reason) {
            asked.add(by + ": " + reason);
            return show(id);
        }
    }
}
