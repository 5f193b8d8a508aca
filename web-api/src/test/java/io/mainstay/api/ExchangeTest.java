package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Values;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest {
    private static final Field<Long> NUMBER = Field.required("number", FieldType.whole(-5, 500), "", 7L);

    /** The path is read without them. */
    private static final HttpHeaders HEADERS = (HttpHeaders) Proxy.newProxyInstance(
            ExchangeTest.class.getClassLoader(), new Class<?>[] {HttpHeaders.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    @Test
    void readsNumbersInThePath() {
        assertThat(values("-5").get(NUMBER)).isEqualTo(-5);
        assertThat(values("500").get(NUMBER)).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"501", "-6", "1.5", "1e2", "", "seven", "99999999999999999999"})
    void refusesOthers(String text) {
        assertThatThrownBy(() -> values(text)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().type()).isEqualTo(ProblemType.FIELD_INVALID);
        });
    }

    private static Values values(String text) {
        return new Exchange(List.of(text), new MultivaluedHashMap<>(), HEADERS, InputStream.nullInputStream())
                .values(Fields.of(NUMBER));
    }
}
