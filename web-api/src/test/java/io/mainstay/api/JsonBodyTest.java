package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Values;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {
    private static final UUID ONE = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private static final Field<UUID> ID = Field.free("id", FieldType.uuid(), "", "");
    private static final Field<String> ASSET =
            Field.required("asset", FieldType.text(Pattern.compile("[A-Z]{3}"), "has to be capitals"), "", "");
    private static final Field<Long> AMOUNT = Field.required("amountMinor", FieldType.whole(1, Long.MAX_VALUE), "", 1);
    private static final Field<String> LEDGER = Field.optional("ledger", FieldType.text(1, 64), "main", "", "");
    private static final Field<String> REFERENCE =
            Field.optional("reference", FieldType.text(0, 5), "", "", "").orNull("");
    private static final Field<Long> LIMIT =
            Field.optional("minBalanceMinor", FieldType.whole(-9, 0), 0L, "", 0).orNull(-10L);
    private static final Field<Boolean> FINAL = Field.optional("final", FieldType.truth(), false, "", true);
    private static final Field<List<Values>> LEGS =
            Field.required("legs", FieldType.parts(1, 2, ID, AMOUNT), "", List.of());

    @Test
    void readsEveryKindOfField() throws IOException {
        Values values =
                read("""
                {"id": "00000000-0000-0000-0000-000000000001", "asset": "EUR", "amountMinor": 9223372036854775807,
                 "reference": "Gr\\u00fc\\ud83d\\ude00", "minBalanceMinor": null, "final": true}""", Fields.of(ID, ASSET, AMOUNT, REFERENCE, LIMIT, FINAL)).values();

        assertThat(values.get(ID)).isEqualTo(ONE);
        assertThat(values.get(ASSET)).isEqualTo("EUR");
        assertThat(values.get(AMOUNT)).isEqualTo(Long.MAX_VALUE);
        assertThat(values.get(REFERENCE)).isEqualTo("Grü😀");
        assertThat(values.get(LIMIT)).isEqualTo(-10);
        assertThat(values.get(FINAL)).isTrue();
    }

    @Test
    void takesDefaultsForAbsentFields() throws IOException {
        Values values =
                read("{}", Fields.of(ID, LEDGER, REFERENCE, LIMIT, FINAL)).values();

        assertThat(values.find(ID)).isNull();
        assertThat(values.get(LEDGER)).isEqualTo("main");
        assertThat(values.get(REFERENCE)).isEmpty();
        assertThat(values.get(LIMIT)).isZero();
        assertThat(values.get(FINAL)).isFalse();
    }

    @Test
    void readsListsOfObjects() throws IOException {
        JsonBody body = read("{\"legs\":[{\"amountMinor\":1},{\"amountMinor\":2}]}", Fields.of(LEGS));

        body.check();
        assertThat(body.values().get(LEGS)).extracting(leg -> leg.get(AMOUNT)).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'legs':[]}|/legs|field-invalid",
                "{'legs':[{},{},{}]}|/legs|field-invalid",
                "{'legs':{}}|/legs|field-invalid",
                "{'legs':[1]}|/legs/0|field-invalid",
                "{'legs':[{'amountMinor':1},{}]}|/legs/1/amountMinor|field-missing",
                "{'legs':[{'amountMinor':0}]}|/legs/0/amountMinor|field-invalid",
                "{'legs':[{'amountMinor':1,'a/b':[[]]}]}|/legs/0/a~1b|field-unknown",
            },
            quoteCharacter = '`')
    void pointsIntoLists(String text, String pointer, String code) throws IOException {
        JsonBody body = read(text.replace('\'', '"'), Fields.of(LEGS));

        Problem problem = problemOf(body::check);

        assertThat(problem.type().code()).isEqualTo(code);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly(pointer);
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
        JsonBody body = read("{\"asset\":\"eur\"}", Fields.of(ASSET));

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

        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> JsonBody.read(endless, Fields.EMPTY, JsonBody.BYTES_MAX));

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
        return problemOf(() -> JsonBody.read(
                        new ByteArrayInputStream(bytes), Fields.of(AMOUNT, ID, REFERENCE), JsonBody.BYTES_MAX)
                .check());
    }

    private static Problem problemOf(ThrowingCallable refused) {
        return catchThrowableOfType(ProblemException.class, refused).problem();
    }

    private static JsonBody read(String text, Fields fields) throws IOException {
        return JsonBody.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), fields, JsonBody.BYTES_MAX);
    }
}
