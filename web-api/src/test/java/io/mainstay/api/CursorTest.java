package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @Test
    void findsItsVersionAgain() {
        assertThat(Cursor.versionBefore(Cursor.of(42))).hasValue(42);
    }

    @Test
    void findsItsMomentAndItsStatementAgain() {
        Cursor.Moment moment = new Cursor.Moment(Instant.parse("2026-01-02T03:04:05.123456Z"), new UUID(1, 2));
        Cursor.Within within = new Cursor.Within(7, 19);

        assertThat(Cursor.Moment.of(moment.text())).hasValue(moment);
        assertThat(Cursor.Within.of(within.text())).hasValue(within);
    }

    @Test
    void refusesThoseOfOtherReadings() {
        String moment = new Cursor.Moment(Instant.EPOCH, new UUID(1, 2)).text();

        assertThat(Cursor.versionBefore(moment)).isEmpty();
        assertThat(Cursor.Within.of(moment)).isEmpty();
        assertThat(Cursor.Moment.of(Cursor.of(42))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "!", "djE6", "djE6LTE", "djI6NDI"})
    void refusesTextsThatItDidNotMake(String text) {
        assertThat(Cursor.versionBefore(text)).isEmpty();
        assertThat(Cursor.Moment.of(text)).isEmpty();
        assertThat(Cursor.Within.of(text)).isEmpty();
    }
}
