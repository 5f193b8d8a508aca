package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    private static final UUID WANTED = UUID.fromString("00000000-0000-0000-0000-000000000001");

    @Test
    void takesTheKeyFromTheFirstSixteenBytesOfTheHeadersHash() {
        // printf abc | sha256sum
        assertThat(Identity.of("account", List.of("abc"), WANTED))
                .isEqualTo(new Identity(UUID.fromString("ba7816bf-8f01-cfea-4141-40de5dae2223"), WANTED));
    }

    @Test
    void makesTheSameIdForTheSameHeaderAndAnotherForAnotherKind() {
        UUID id = Identity.of("account", List.of("abc"), null).id();

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(Identity.of("account", List.of("abc"), null).id()).isEqualTo(id);
        assertThat(Identity.of("transfer", List.of("abc"), null).id()).isNotEqualTo(id);
        assertThat(Identity.of("account", List.of("abd"), null).id()).isNotEqualTo(id);
    }

    @Test
    void takesTheKeyFromTheIdWithoutAHeader() {
        UUID key = Identity.of("account", List.of(), WANTED).key();

        assertThat(Identity.of("account", List.of(), WANTED).key()).isEqualTo(key);
        assertThat(Identity.of("transfer", List.of(), WANTED).key()).isNotEqualTo(key);
    }

    @Test
    void makesARandomKeyWithoutHeaderAndId() {
        assertThat(Identity.of("account", List.of(), null)).isNotEqualTo(Identity.of("account", List.of(), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "ä", "a\tb"})
    void refusesHeadersThatAreNotVisible(String header) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Identity.of("account", List.of(header), null))
                .matches(refused -> refused.problem().type().equals(ProblemType.IDEMPOTENCY_KEY_INVALID));
    }

    @Test
    void refusesLongAndSeveralHeaders() {
        Identity.of("account", List.of("k".repeat(255)), null);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Identity.of("account", List.of("k".repeat(256)), null));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Identity.of("account", List.of("a", "b"), null));
    }
}
