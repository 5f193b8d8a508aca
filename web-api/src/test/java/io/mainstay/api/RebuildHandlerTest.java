package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.rebuild.RebuildStatus;
import io.mainstay.core.rebuild.RebuildStatus.Compared;
import io.mainstay.core.rebuild.RebuildStatus.Shard;
import io.mainstay.core.rebuild.RebuildStatus.State;
import io.mainstay.core.rebuild.Rebuilds;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RebuildHandlerTest {
    private static final Instant NINE = Instant.parse("2026-11-21T09:00:00Z");
    /** Nothing is read from them. */
    private static final HttpHeaders HEADERS = (HttpHeaders) Proxy.newProxyInstance(
            RebuildHandlerTest.class.getClassLoader(),
            new Class<?>[] {HttpHeaders.class},
            (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final CompletableFuture<RebuildStatus> answer = new CompletableFuture<>();
    private final List<String> asked = new ArrayList<>();
    private final Rebuilds rebuilds = new Rebuilds() {
        @Override
        public CompletionStage<RebuildStatus> start(String target) {
            asked.add("start " + target);
            return answer;
        }

        @Override
        public CompletionStage<RebuildStatus> cancel(String target) {
            asked.add("cancel " + target);
            return answer;
        }

        @Override
        public CompletionStage<List<RebuildStatus>> status() {
            return answer.thenApply(List::of);
        }
    };

    @Test
    void beginsWithTheTargetThatPeopleQuery() {
        answer.complete(status(State.BUILDING, List.of(), List.of(), Optional.empty()));

        Reply begun = handle("POST");

        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.body())
                .isEqualTo("{\"id\":\"00000000-0000-0000-0000-000000000007\",\"target\":\"sql\",\"state\":\"building\","
                        + "\"ended\":false,\"createdAt\":\"2026-11-21T09:00:00Z\",\"updatedAt\":\"2026-11-21T09:00:05Z\","
                        + "\"rows\":12,\"shards\":[],\"compared\":[],\"cause\":null}");
        assertThat(asked).containsExactly("start sql");
    }

    @Test
    void tellsHowFarTheyAreAndWhatWasCompared() {
        answer.complete(status(
                State.FAILED,
                List.of(new Shard(2, 58, 99)),
                List.of(new Compared("accounts", 7, 8, false)),
                Optional.of("so it is")));

        Reply told = handle("GET");

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.body())
                .startsWith("{\"rebuilds\":[{\"id\":")
                .contains("\"state\":\"failed\",\"ended\":true")
                .endsWith("\"shards\":[{\"shard\":2,\"offset\":58,\"goal\":99}],\"compared\":[{\"table\":\"accounts\","
                        + "\"rows\":7,\"rebuiltRows\":8,\"equal\":false}],\"cause\":\"so it is\"}]}");
    }

    @Test
    void breaksOffTheTargetThatWasNamed() {
        answer.complete(status(State.CANCELLED, List.of(), List.of(), Optional.empty()));

        assertThat(handle("DELETE", "events").status()).isEqualTo(200);
        assertThat(asked).containsExactly("cancel events");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, RETRY, 409, rebuild-running",
        "POST, DEGRADED, 503, rebuild-unavailable",
        "DELETE, RETRY, 409, rebuild-not-running",
        "DELETE, DEGRADED, 503, rebuild-unavailable",
        "GET, RETRY, 503, rebuild-unavailable",
        "GET, DEGRADED, 503, rebuild-unavailable"
    })
    void tellsWhyNothingWasDone(String method, Severity severity, int status, String code) {
        answer.completeExceptionally(new EngineException(severity, "so it is"));

        assertThatThrownBy(() -> handle(method))
                .hasCauseInstanceOf(ProblemException.class)
                .satisfies(thrown -> {
                    Problem problem = ((ProblemException) Failures.unwrap(thrown)).problem();
                    assertThat(problem.type().status()).isEqualTo(status);
                    assertThat(problem.type().code()).isEqualTo(code);
                    assertThat(problem.detail()).isEqualTo("Nothing was done: so it is.");
                    assertThat(problem.headers()).containsKey("Retry-After");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "DELETE"})
    void refusesATargetThatIsNotThere(String method) {
        answer.completeExceptionally(new IllegalArgumentException("there is no target 'disk', only sql"));

        assertThatThrownBy(() -> handle(method, "disk")).satisfies(thrown -> {
            Problem problem = ((ProblemException) Failures.unwrap(thrown)).problem();
            assertThat(problem.type()).isEqualTo(ProblemType.FIELD_INVALID);
            assertThat(problem.detail()).isEqualTo("there is no target 'disk', only sql.");
        });
    }

    private Reply handle(String method, String... target) {
        MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
        query.addAll("target", target);
        RebuildHandler handler = new RebuildHandler(rebuilds, Runnable::run);
        Exchange exchange = new Exchange(List.of(), query, HEADERS, InputStream.nullInputStream());
        CompletionStage<Reply> reply = switch (method) {
            case "POST" -> handler.start(exchange);
            case "DELETE" -> handler.cancel(exchange);
            default -> handler.status(exchange);
        };
        return reply.toCompletableFuture().join();
    }

    private static RebuildStatus status(
            State state, List<Shard> shards, List<Compared> compared, Optional<String> cause) {
        return new RebuildStatus(new UUID(0, 7), "sql", state, NINE, NINE.plusSeconds(5), 12, shards, compared, cause);
    }
}
