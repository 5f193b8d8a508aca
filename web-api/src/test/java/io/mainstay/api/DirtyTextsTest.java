package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Operation;
import io.mainstay.core.access.Read;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.testkit.DirtyTexts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text that a request of a domain may state is taken as it is, or refused at the boundary. */
class DirtyTextsTest {
    private static final List<Domain<?, ?, ?>> DOMAINS =
            List.copyOf(Domains.load(DirtyTextsTest.class.getClassLoader()).all());

    static Stream<Field<String>> bodyTexts() {
        return DOMAINS.stream()
                .<Operation<?>>flatMap(domain -> domain.access().operations().stream())
                .flatMap(operation -> texts(operation.body()));
    }

    static Stream<Field<String>> pathTexts() {
        return Stream.concat(
                        DOMAINS.stream()
                                .<Operation<?>>flatMap(domain -> domain.access().operations().stream())
                                .map(Operation::endpoint),
                        DOMAINS.stream()
                                .<Read<?>>flatMap(domain -> domain.access().reads().stream())
                                .map(Read::endpoint))
                .flatMap(endpoint -> texts(endpoint.fields()));
    }

    @ParameterizedTest
    @MethodSource("bodyTexts")
    void inABody(Field<String> field) throws IOException {
        FieldType.Text type = (FieldType.Text) field.type();
        for (String text : storable(type)) {
            for (String json :
                    List.of(DirtyTexts.json(text), new JsonText().text(text).toString())) {
                JsonBody body = body(field, json);
                if (isRefused(type, text)) {
                    assertRefused(body, field);
                } else {
                    body.check();
                    assertThat(body.values().get(field)).isEqualTo(text);
                }
            }
        }
        for (String text : refused(type)) {
            assertRefused(body(field, DirtyTexts.json(text)), field);
        }
    }

    @ParameterizedTest
    @MethodSource("pathTexts")
    void inAPath(Field<String> field) {
        FieldType.Text type = (FieldType.Text) field.type();
        for (String text : storable(type)) {
            Exchange exchange = Exchanges.of(List.of(text), "");
            if (isRefused(type, text)) {
                assertThatThrownBy(() -> exchange.values(Fields.of(field))).isInstanceOf(ProblemException.class);
            } else {
                assertThat(exchange.values(Fields.of(field)).get(field)).isEqualTo(text);
            }
        }
        for (String text : refused(type)) {
            Exchange exchange = Exchanges.of(List.of(text), "");
            assertThatThrownBy(() -> exchange.values(Fields.of(field)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.FIELD_INVALID));
        }
    }

    /** The fields that take texts, also in lists of parts. */
    @SuppressWarnings("unchecked")
    private static Stream<Field<String>> texts(Fields fields) {
        return fields.all().stream().flatMap(field -> switch (field.type()) {
            case FieldType.Text text -> Stream.of((Field<String>) field);
            case FieldType.Parts parts -> texts(parts.fields());
            case FieldType.Uuid uuid -> Stream.empty();
            case FieldType.Whole whole -> Stream.empty();
            case FieldType.Truth truth -> Stream.empty();
        });
    }

    private static List<String> storable(FieldType.Text type) {
        return DirtyTexts.storable(type.lengthMin(), lengthMax(type));
    }

    private static List<String> refused(FieldType.Text type) {
        return DirtyTexts.refused(type.lengthMin(), lengthMax(type));
    }

    /** A pattern bounds the length itself, and says nothing of it. */
    private static int lengthMax(FieldType.Text type) {
        return type.pattern().isPresent() ? 100 : type.lengthMax();
    }

    private static boolean isRefused(FieldType.Text type, String text) {
        return type.pattern()
                .filter(pattern -> !pattern.matcher(text).matches())
                .isPresent();
    }

    private static JsonBody body(Field<String> field, String json) throws IOException {
        byte[] bytes = ("{\"" + field.name() + "\":" + json + "}").getBytes(StandardCharsets.UTF_8);
        return JsonBody.read(new ByteArrayInputStream(bytes), Fields.of(field), JsonBody.BYTES_MAX);
    }

    private static void assertRefused(JsonBody body, Field<String> field) {
        assertThatThrownBy(body::check).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().type()).isEqualTo(ProblemType.FIELD_INVALID);
            assertThat(refused.problem().faults())
                    .extracting(Problem.Fault::pointer)
                    .containsExactly("/" + field.name());
        });
    }
}
