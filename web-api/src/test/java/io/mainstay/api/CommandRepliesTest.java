package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.access.Answer;
import io.mainstay.core.access.Document;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Fact;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Operation;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Rejection.Kind;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.Stage;
import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.TransferPosted;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRepliesTest {
    private static final UUID FROM = new UUID(0, 1);
    private static final UUID TO = new UUID(0, 2);
    private static final UUID TRANSFER = new UUID(0, 3);
    private static final CommandReplies OPEN = replies("open-account");
    private static final CommandReplies POST = replies("post-transfer");
    private static final long MICROS = 1_767_323_045_123_456L;

    @Test
    void tellsAnOpenedAccount() {
        Reply reply = OPEN.of(
                new Outcome.Accepted(
                        2,
                        41,
                        MICROS,
                        1,
                        List.of(new AccountOpened(FROM, "main", "EUR", OpenAccount.UNLIMITED)),
                        false),
                FROM);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.mediaType()).isEqualTo("application/json");
        assertThat(reply.headers()).containsOnlyKeys("Location").containsValue("/v1/accounts/" + FROM);
        assertThat(reply.body())
                .isEqualTo("{\"id\":\"" + FROM + "\",\"ledger\":\"main\",\"asset\":\"EUR\",\"minBalanceMinor\":null,"
                        + "\"balanceMinor\":0,\"version\":1,\"shard\":2,\"offset\":41,"
                        + "\"openedAt\":\"2026-01-02T03:04:05.123456Z\"}");
    }

    @Test
    void tellsARepeatedTransferWithTheSameBody() {
        TransferPosted posted = new TransferPosted(TRANSFER, FROM, TO, "EUR", 1250, "", -1250, 2, 1250, 5);

        Reply first = POST.of(new Outcome.Accepted(2, 57, MICROS, 2, List.of(posted), false), TRANSFER);
        Reply again = POST.of(new Outcome.Accepted(2, 57, MICROS, 2, List.of(posted), true), TRANSFER);

        assertThat(again.body())
                .isEqualTo(first.body())
                .isEqualTo("{\"id\":\"" + TRANSFER + "\",\"status\":\"posted\",\"from\":\"" + FROM + "\",\"to\":\"" + TO
                        + "\",\"asset\":\"EUR\",\"amountMinor\":1250,\"reference\":null,\"fromBalanceMinor\":-1250,"
                        + "\"fromVersion\":2,\"toBalanceMinor\":1250,\"toVersion\":5,\"version\":2,\"shard\":2,"
                        + "\"offset\":57,\"postedAt\":\"2026-01-02T03:04:05.123456Z\"}");
        assertThat(first.headers()).containsOnlyKeys("Location");
        assertThat(again.headers()).containsEntry("Idempotency-Hit", "true");
    }

    @ParameterizedTest
    @CsvSource({"INVALID,400", "UNKNOWN,404", "CONFLICT,409", "REFUSED,422"})
    void tellsARefusalByItsKind(Kind kind, int status) {
        Reply reply = POST.of(
                new Outcome.Rejected(
                        3,
                        9,
                        MICROS,
                        7,
                        new Rejection(kind, "funds-insufficient", "Too \"little\".", "/amountMinor"),
                        true),
                TRANSFER);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.mediaType()).isEqualTo("application/problem+json");
        assertThat(reply.headers()).containsEntry("Idempotency-Hit", "true");
        assertThat(reply.body())
                .isEqualTo(
                        "{\"type\":\"urn:mainstay:problem:funds-insufficient\",\"title\":\"Funds insufficient\","
                                + "\"status\":" + status
                                + ",\"detail\":\"Too \\\"little\\\".\",\"shard\":3,\"offset\":9,"
                                + "\"version\":7,\"errors\":[{\"pointer\":\"/amountMinor\",\"detail\":\"Too \\\"little\\\".\"}]}");
    }

    @Test
    void tellsWhatWasNotDecided() {
        assertThat(assertProblem(new Outcome.KeyReused(1, 5), 422, "idempotency-key-reused")
                        .body())
                .endsWith("\"shard\":1,\"originalOffset\":5}");
        assertProblem(new Outcome.CrossShard(), 422, "cross-shard-unsupported");
        Rejection refusal = new Rejection(Rejection.Kind.REFUSED, "not-allowed", "No.", "");
        assertProblem(new Outcome.Denied(Stage.PRE_VALIDATION, refusal), 400, "not-allowed");
        assertProblem(new Outcome.Denied(Stage.AUTHORIZATION, refusal), 403, "not-allowed");
        assertProblem(new Outcome.Denied(Stage.POLICY, refusal), 422, "not-allowed");
        Rejection quota = new Rejection(Rejection.Kind.REFUSED, "quota-exceeded", "No more.", "");
        assertThat(assertProblem(new Outcome.Denied(Stage.POLICY, quota, 101), 429, "quota-exceeded")
                        .headers())
                .containsEntry("Retry-After", "1");
        assertThat(assertProblem(new Outcome.Overloaded(1, 1001), 429, "overloaded")
                        .headers())
                .containsEntry("Retry-After", "2");
        assertThat(assertProblem(new Outcome.Unavailable(1, "recovers", 0), 503, "shard-unavailable")
                        .headers())
                .containsEntry("Retry-After", "1");
        assertThat(assertProblem(new Outcome.Unknown(1, "gone"), 503, "outcome-unknown")
                        .headers())
                .containsEntry("Retry-After", "1");
    }

    @Test
    void tellsWhereToAskForWhatIsUnderWay() {
        Operation<?> slow = new Operation<>(
                Endpoint.of("send", "POST", "/things", "Things", "Send", "Sends."),
                Fields.EMPTY,
                List.of(),
                "thing",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                (call, id) -> new OpenAccount(id, "main", "EUR", 0),
                List.of(Answer.done(
                        AccountOpened.class,
                        "",
                        Document.<Fact<AccountOpened>>named("Sent", "").build())),
                Optional.of(id -> "/things/" + id),
                Optional.empty(),
                List.of());

        Reply reply = new CommandReplies(slow).of(new Outcome.Begun(2, 41, MICROS, 1, List.of(), true), TRANSFER);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.headers())
                .containsEntry("Location", "/v1/things/" + TRANSFER)
                .containsEntry("Idempotency-Hit", "true");
        assertThat(reply.body())
                .isEqualTo("{\"id\":\"" + TRANSFER + "\",\"status\":\"in-flight\",\"shard\":2,\"offset\":41,"
                        + "\"begunAt\":\"2026-01-02T03:04:05.123456Z\"}");
    }

    private static CommandReplies replies(String name) {
        return new CommandReplies(new LedgerDomain()
                .access().operations().stream()
                        .filter(operation -> operation.endpoint().name().equals(name))
                        .findFirst()
                        .orElseThrow());
    }

    private static Reply assertProblem(Outcome outcome, int status, String code) {
        Reply reply = POST.of(outcome, TRANSFER);
        JsonObject body = Json.createReader(new StringReader(reply.body())).readObject();
        assertThat(reply.status()).isEqualTo(status).isEqualTo(body.getInt("status"));
        assertThat(body.getString("type")).isEqualTo("urn:mainstay:problem:" + code);
        return reply;
    }
}
