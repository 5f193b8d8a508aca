package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mainstay.domain.ledger.OpenAccount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {
    private static final UUID ONE = UUID.fromString("00000000-0000-0000-0000-000000000001");

    @Test
    void readsEveryKindOfField() throws IOException {
        JsonBody body = read("""
                {"id": "00000000-0000-0000-0000-000000000001", "asset": "EUR", "amountMinor": 9223372036854775807,
                 "reference": "Gr\\u00fc\\u00dfe \\ud83d\\ude00", "minBalanceMinor": null}""");

        assertThat(body.uuid("id")).isEqualTo(ONE);
        assertThat(body.text("asset", OpenAccount.ASSET, "")).isEqualTo("EUR");
        assertThat(body.integer("amountMinor", 1, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(body.optionalText("reference", 140)).isEqualTo("Grüße 😀");
        assertThat(body.integer("minBalanceMinor", -9, 0, 0, -10)).isEqualTo(-10);
        body.check();
    }

    @Test
    void takesDefaultsForAbsentFields() throws IOException {
        JsonBody body = read("{}");

        assertThat(body.optionalUuid("id")).isNull();
        assertThat(body.text("ledger", "main", 1, 64)).isEqualTo("main");
        assertThat(body.optionalText("reference", 140)).isEmpty();
        assertThat(body.integer("minBalanceMinor", -9, 0, 0, -10)).isZero();
        body.check();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|malformed-json|``",
                "` `|malformed-json|``",
                "[]|malformed-json|``",
                "1|malformed-json|``",
                "null|malformed-json|``",
                "{|malformed-json|``",
                "{\"amountMinor\"|malformed-json|``",
                "{\"amountMinor\":}|malformed-json|``",
                "{\"amountMinor\":1,}|malformed-json|``",
                "{amountMinor:1}|malformed-json|``",
                "{\"amountMinor\":01}|malformed-json|``",
                "{\"amountMinor\":+1}|malformed-json|``",
                "{\"amountMinor\":NaN}|malformed-json|``",
                "{\"amountMinor\":1} x|malformed-json|``",
                "{\"amountMinor\":1}{}|malformed-json|``",
                "{\"amountMinor\":1,\"amountMinor\":1}|malformed-json|/amountMinor",
                "{\"reference\":\"\\x\"}|malformed-json|``",
                "{}|field-missing|/amountMinor",
                "{\"amountMinor\":1,\"a/b~c\":2}|field-unknown|/a~1b~0c",
                "{\"amountMinor\":1,\"more\":{\"x\":[1,{}]}}|field-unknown|/more",
                "{\"amountMinor\":0}|field-invalid|/amountMinor",
                "{\"amountMinor\":-1}|field-invalid|/amountMinor",
                "{\"amountMinor\":1.0}|field-invalid|/amountMinor",
                "{\"amountMinor\":1e2}|field-invalid|/amountMinor",
                "{\"amountMinor\":1E2}|field-invalid|/amountMinor",
                "{\"amountMinor\":9223372036854775808}|field-invalid|/amountMinor",
                "{\"amountMinor\":\"1\"}|field-invalid|/amountMinor",
                "{\"amountMinor\":true}|field-invalid|/amountMinor",
                "{\"amountMinor\":null}|field-invalid|/amountMinor",
                "{\"amountMinor\":[1]}|field-invalid|/amountMinor",
                "{\"amountMinor\":{\"x\":1}}|field-invalid|/amountMinor",
                "{\"amountMinor\":1,\"id\":1}|field-invalid|/id",
                "{\"amountMinor\":1,\"id\":null}|field-invalid|/id",
                "{\"amountMinor\":1,\"id\":\"1-1-1-1-1\"}|field-invalid|/id",
                "{\"amountMinor\":1,\"id\":\"00000000-0000-0000-0000-00000000000g\"}|field-invalid|/id",
                "{\"amountMinor\":1,\"reference\":7}|field-invalid|/reference",
                "{\"amountMinor\":1,\"reference\":\"123456\"}|field-invalid|/reference",
                "{\"amountMinor\":1,\"reference\":\"\\u0000\"}|field-invalid|/reference",
                "{\"amountMinor\":1,\"reference\":\"\\ud800\"}|field-invalid|/reference",
                "{\"amountMinor\":1,\"reference\":\"\\udc00x\"}|field-invalid|/reference",
            })
    void refuses(String text, String code, String pointer) {
        Problem problem = problemOf(text.getBytes(StandardCharsets.UTF_8));

        assertThat(problem.type().code()).isEqualTo(code);
        assertThat(problem.type().status()).isEqualTo(400);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly(pointer);
    }

    @Test
    void refusesTextsOfAnotherPattern() throws IOException {
        JsonBody body = read("{\"asset\":\"eur\"}");

        body.text("asset", OpenAccount.ASSET, "has to be capitals");

        assertThat(body.isSound()).isFalse();
        assertThat(catchThrowableOfType(ProblemException.class, body::check)
                        .problem()
                        .detail())
                .isEqualTo("The field 'asset' has to be capitals.");
    }

    @Test
    void tellsAllFaultsAtOnceButNotMoreThanSixteen() {
        Problem problem = problemOf("{\"reference\":7,\"more\":1}".getBytes(StandardCharsets.UTF_8));

        assertThat(problem.faults())
                .extracting(Problem.Fault::pointer)
                .containsExactly("/amountMinor", "/reference", "/more");

        StringBuilder many = new StringBuilder("{\"amountMinor\":1");
        for (int count = 0; count < 100; count++) {
            many.append(",\"f").append(count).append("\":1");
        }
        assertThat(problemOf(many.append('}').toString().getBytes(StandardCharsets.UTF_8))
                        .faults())
                .hasSize(16);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThat(problemOf(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})
                        .type()
                        .code())
                .isEqualTo("malformed-json");
    }

    @Test
    void refusesMoreBytesThanItTakesWithoutReadingThemAll() throws IOException {
        ByteArrayInputStream endless = new ByteArrayInputStream(new byte[1 << 20]);

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> JsonBody.read(endless));

        assertThat(refused.problem().type()).isEqualTo(ProblemType.BODY_TOO_LARGE);
        assertThat(endless.available()).isEqualTo((1 << 20) - JsonBody.BYTES_MAX - 1);
    }

    @Test
    void survivesDeepNesting() {
        String deep = "{\"amountMinor\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";

        assertThat(problemOf(deep.getBytes(StandardCharsets.UTF_8)).type().status())
                .isEqualTo(400);
    }

    private static Problem problemOf(byte[] bytes) {
        return catchThrowableOfType(ProblemException.class, () -> {
                    JsonBody body = JsonBody.read(new ByteArrayInputStream(bytes));
                    body.integer("amountMinor", 1, Long.MAX_VALUE);
                    body.optionalUuid("id");
                    body.optionalText("reference", 5);
                    body.check();
                })
                .problem();
    }

    private static JsonBody read(String text) throws IOException {
        return JsonBody.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
