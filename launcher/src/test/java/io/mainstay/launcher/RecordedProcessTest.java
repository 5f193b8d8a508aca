package io.mainstay.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordedProcessTest {

    private final ProcessHandle self = ProcessHandle.current();
    private final Instant started = self.info().startInstant().orElseThrow();

    @Test
    void findsTheProcessThatWasRecorded() {
        assertThat(new RecordedProcess(self.pid(), started, "java").find()).contains(self);
    }

    @Test
    void takesAnIdThatWasGivenToALaterProcessForGone() {
        Instant earlier = started.minus(Duration.ofMinutes(1));

        assertThat(new RecordedProcess(self.pid(), earlier, "java").find()).isEmpty();
    }

    @Test
    void takesAnIdThatWasGivenToAnotherProgramForGone() {
        assertThat(new RecordedProcess(self.pid(), started, "ws-server.jar").find())
                .isEmpty();
    }

    @Test
    void takesAnEndedProcessForGone() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        Instant start = Instant.now();
        ended.waitFor();

        assertThat(new RecordedProcess(ended.pid(), start, "true").find()).isEmpty();
    }
}
