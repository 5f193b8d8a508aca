package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void findsItsVersionAgain() {
        assertThat(Cursor.versionBefore(Cursor.of(42))).hasValue(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "!", "djE6", "djE6LTE", "djI6NDI"})
    void refusesTextsThatItDidNotMake(String text) {
        assertThat(Cursor.versionBefore(text)).isEmpty();
    }
}
