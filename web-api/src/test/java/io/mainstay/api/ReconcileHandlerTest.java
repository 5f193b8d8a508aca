package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.reconcile.Difference;
import io.mainstay.core.reconcile.ReconcileReport;
import io.mainstay.core.reconcile.ReconcileReport.Compared;
import io.mainstay.core.reconcile.ReconcileReport.ShardReport;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcileHandlerTest {
    /** Nothing is read from them. */
    private static final HttpHeaders HEADERS = (HttpHeaders) Proxy.newProxyInstance(
            ReconcileHandlerTest.class.getClassLoader(),
            new Class<?>[] {HttpHeaders.class},
            (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final CompletableFuture<ReconcileReport> report = new CompletableFuture<>();
    private OptionalInt asked = OptionalInt.empty();

    @Test
    void tellsWhatWasComparedAndWhatDiffers() {
        report.complete(new ReconcileReport(
                List.of(new ShardReport(
                        2,
                        58,
                        List.of(new Compared("accounts", 7, 3)),
                        List.of(new Difference(Difference.Kind.CHANGED, "accounts", "id=1", "status", "open", null)),
                        5,
                        Duration.ofMillis(9))),
                Duration.ofMillis(10)));

        assertThat(handle("2").body())
                .isEqualTo("{\"equal\":false,\"differenceCount\":5,\"tookMillis\":10,\"shards\":[{\"shard\":2,"
                        + "\"offset\":58,\"tookMillis\":9,\"compared\":[{\"table\":\"accounts\",\"rows\":7,\"sums\":3}],"
                        + "\"differenceCount\":5,\"differences\":[{\"kind\":\"changed\",\"table\":\"accounts\","
                        + "\"key\":\"id=1\",\"column\":\"status\",\"engine\":\"open\",\"database\":null}]}]}");
        assertThat(asked).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource({"RETRY, 409, reconcile-running", "DEGRADED, 503, reconcile-unavailable"})
    void tellsWhyNothingWasCompared(Severity severity, int status, String code) {
        report.completeExceptionally(new EngineException(severity, "shard 2: so it is"));

        assertThatThrownBy(() -> handle("2"))
                .hasCauseInstanceOf(ProblemException.class)
                .satisfies(thrown -> {
                    Problem problem = ((ProblemException) Failures.unwrap(thrown)).problem();
                    assertThat(problem.type().status()).isEqualTo(status);
                    assertThat(problem.type().code()).isEqualTo(code);
                    assertThat(problem.detail()).contains("shard 2: so it is.");
                    assertThat(problem.headers()).containsKey("Retry-After");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "", "12345"})
    void refusesWhatIsNoNumberOfAShard(String shard) {
        assertThatThrownBy(() -> handle(shard)).isInstanceOf(ProblemException.class);
    }

    private Reply handle(String shard) {
        MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
        query.add("shard", shard);
        return new ReconcileHandler(
                        wanted -> {
                            asked = wanted;
                            return report;
                        },
                        Runnable::run)
                .handle(new Exchange(List.of(), query, HEADERS, InputStream.nullInputStream()))
                .toCompletableFuture()
                .join();
    }
}
