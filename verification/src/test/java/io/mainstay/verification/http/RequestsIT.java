package io.mainstay.verification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.verification.harness.Http;
import io.mainstay.verification.harness.HttpAnswer;
import io.mainstay.verification.harness.SharedServer;
import io.mainstay.verification.harness.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anybody looks at the fields. */
@ExtendWith(SharedServer.class)
class RequestsIT {
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final String OPEN = "{\"asset\":\"EUR\"}";

    private final Http http;

    RequestsIT(TestServer server) {
        http = server.http();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "17",
                "null",
                "\"text\"",
                "{\"asset\":\"EUR\"",
                "{\"asset\":\"EUR\",}",
                "{'asset':'EUR'}",
                "{\"asset\":\"EUR\"} {}",
                "{\"asset\":\"EUR\",\"asset\":\"USD\"}",
                "{\"asset\":\"EU\u0001R\"}",
                "<account/>"
            })
    void refusesWhatIsNoJsonObject(String body) throws Exception {
        http.post("/v1/accounts", body).isProblem(400, "malformed-json");
        http.post("/v1/transfers", body).isProblem(400, "malformed-json");
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        String padding = " ".repeat(BODY_BYTES_MAX - OPEN.length());

        http.post("/v1/accounts", OPEN + padding).hasStatus(201);
        http.post("/v1/accounts", OPEN + padding + " ").isProblem(413, "body-too-large");
        http.post("/v1/transfers", "x".repeat(1024 * 1024)).isProblem(413, "body-too-large");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/accounts",
        "PUT, /v1/accounts",
        "GET, /v1/transfers",
        "DELETE, /v1/accounts/0192f0c1-0000-7000-8000-000000000001",
        "POST, /v1/accounts/0192f0c1-0000-7000-8000-000000000001",
        "POST, /v1/accounts/0192f0c1-0000-7000-8000-000000000001/entries",
        "PATCH, /v1/transfers/0192f0c1-0000-7000-8000-000000000001",
    })
    void saysWhichMethodsAPathTakes(String method, String path) throws Exception {
        HttpAnswer answer = http.send(method, path, OPEN, Map.of());

        answer.isProblem(405, "method-not-allowed");
        assertThat(answer.header("Allow")).isNotBlank().doesNotContain(method);
    }

    @Test
    void refusesToAnswerInAnotherFormat() throws Exception {
        http.send("POST", "/v1/accounts", OPEN, Map.of("Accept", "text/html")).isProblem(406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/json; charset=utf-16",
                "application/x-www-form-urlencoded"
            })
    void refusesABodyOfAnotherType(String type) throws Exception {
        http.post("/v1/accounts", OPEN, Map.of("Content-Type", type)).isProblem(415, "media-type-unsupported");
        http.post("/v1/transfers", OPEN, Map.of("Content-Type", type)).isProblem(415, "media-type-unsupported");
    }

    @Test
    void takesJsonThatSaysItIsUtf8() throws Exception {
        http.post("/v1/accounts", OPEN, Map.of("Content-Type", "application/json; charset=UTF-8"))
                .hasStatus(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1",
                "/v1/",
                "/v1/acounts",
                "/v2/accounts",
                "/nothing",
                "/v1/accounts/1/2/3",
                "/v1/transfers/a/b"
            })
    void knowsNoOtherPaths(String path) throws Exception {
        http.get(path).isProblem(404, "route-unknown");
    }
}
