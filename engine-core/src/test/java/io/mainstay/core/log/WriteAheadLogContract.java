package io.mainstay.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.log.Append.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What every write-ahead log has to hold to; run against the fake and against the real one. */
public abstract class WriteAheadLogContract {
    private static final AtomicLong SEQUENCE = new AtomicLong();

    /** Opens the same shard's log again, as another owner. */
    protected abstract WriteAheadLog open() throws Exception;

    @Test
    void startsEmpty() throws Exception {
        try (WriteAheadLog log = open()) {
            assertThat(recover(log)).isEmpty();
        }
    }

    @Test
    void givesBackWhatWasAppendedInOrder() throws Exception {
        List<String> written = new ArrayList<>();
        try (WriteAheadLog log = open()) {
            recover(log);
            List<Append> appends = new ArrayList<>();
            for (int index = 0; index < 500; index++) {
                written.add("frame " + index);
                appends.add(append(log, "frame " + index));
            }
            for (Append append : appends) {
                await(append);
            }
        }
        try (WriteAheadLog log = open()) {
            assertThat(recover(log)).isEqualTo(written);
        }
    }

    @Test
    void keepsFramesOfEverySizeUpToAMebibyte() throws Exception {
        try (WriteAheadLog log = open()) {
            recover(log);
            for (int size : new int[] {1, 1000, 100_000, 1 << 20}) {
                await(append(log, "x".repeat(size)));
            }
        }
        try (WriteAheadLog log = open()) {
            assertThat(recover(log)).extracting(String::length).containsExactly(1, 1000, 100_000, 1 << 20);
        }
    }

    @Test
    void copiesTheFrameBeforeTheCallReturns() throws Exception {
        try (WriteAheadLog log = open()) {
            recover(log);
            byte[] reused = "before".getBytes(StandardCharsets.UTF_8);
            Append append = log.append(0, reused, reused.length);
            Arrays.fill(reused, (byte) 0);
            await(append);
        }
        try (WriteAheadLog log = open()) {
            assertThat(recover(log)).containsExactly("before");
        }
    }

    @Test
    void staysThereHoweverOftenItIsRead() throws Exception {
        try (WriteAheadLog log = open()) {
            recover(log);
            await(append(log, "kept"));
        }
        for (int round = 0; round < 3; round++) {
            try (WriteAheadLog log = open()) {
                assertThat(recover(log)).containsExactly("kept");
            }
        }
    }

    @Test
    void letsNoFencedOwnerAppend() throws Exception {
        WriteAheadLog old = open();
        recover(old);
        await(append(old, "first"));
        old.close();
        try (WriteAheadLog fresh = open()) {
            assertThat(recover(fresh)).containsExactly("first");
            assertThatThrownBy(() -> {
                        Append late = append(old, "late");
                        if (await(late) == State.FAILED) {
                            throw new EngineException(EngineException.Severity.RETRY, late.failure());
                        }
                    })
                    .isInstanceOf(EngineException.class);
        }
        try (WriteAheadLog last = open()) {
            assertThat(recover(last)).containsExactly("first");
        }
    }

    protected static List<String> recover(WriteAheadLog log) {
        List<String> frames = new ArrayList<>();
        log.recover(frame -> frames.add(new String(frame, StandardCharsets.UTF_8)));
        return frames;
    }

    protected static Append append(WriteAheadLog log, String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        return log.append(SEQUENCE.getAndIncrement(), bytes, bytes.length);
    }

    protected static State await(Append append) throws InterruptedException {
        long untilNanos = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (append.state() == State.PENDING && System.nanoTime() < untilNanos) {
            Thread.onSpinWait();
        }
        return append.state();
    }
}
