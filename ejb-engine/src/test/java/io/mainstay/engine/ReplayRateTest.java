package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.snapshot.InMemorySnapshots;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ReplayRateTest {
    private final LedgerLog ledger = new LedgerLog(new InMemorySnapshots());

    @Test
    void measuresALongReplayAndKeepsTheRateOverAShortOne() {
        AtomicLong seen = new AtomicLong();
        ReplayRate measured = new ReplayRate(repeated(20_000), 0);
        long startNanos = System.nanoTime();
        measured.read(frame -> seen.incrementAndGet());
        double secondsMax = (System.nanoTime() - startNanos) / 1e9;

        assertThat(seen.get()).isEqualTo(20_000);
        assertThat(measured.commandsPerSecond()).isGreaterThanOrEqualTo(20_000 / secondsMax);
        ReplayRate tooShort = new ReplayRate(repeated(100), 12_345);
        tooShort.read(frame -> {});
        assertThat(tooShort.commandsPerSecond()).isEqualTo(12_345);
    }

    /** A log of one frame with one command, so many times. */
    private RetainedLog repeated(int times) {
        int index = 0;
        while (ledger.frames().get(index).header().count() != 1) {
            index++;
        }
        byte[] frame = ledger.log.frames().get(index);
        return new RetainedLog() {
            @Override
            public void read(Consumer<byte[]> frames) {
                for (int count = 0; count < times; count++) {
                    frames.accept(frame);
                }
            }

            @Override
            public long truncate(long keepFromSequence, Consumer<byte[]> archive, Runnable sync) {
                throw new AssertionError("nobody truncates here");
            }
        };
    }
}
