package io.mainstay.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.LoggedOutcome;
import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CompressedFrameTest {
    private static final PayloadEncoding ZSTD = PayloadEncoding.of("binary", "zstd", 1);
    private static final ExecutedBatch EXECUTED =
            new ExecutedBatch(998, 1_699_999_999_000_000L, List.of(new LoggedOutcome.Repeated(40)));
    private static final List<LogEntry> ENTRIES =
            Collections.nCopies(20, new LoggedCommand(new UUID(1, 2), 1, new byte[50]));
    /** Magic, format and flags, shard, epoch, sequence, offset, count, time, answered, one version, hash. */
    private static final int HEADER_BYTES = 4 + 4 + 4 + 4 + 8 + 8 + 4 + 8 + 8 + 4 + 32;

    @Test
    void readsWhatWasCompressed() {
        byte[] bytes = Frames.write(ZSTD, EXECUTED, ENTRIES);
        byte[] plain = Frames.write(PayloadEncoding.PLAIN, EXECUTED, ENTRIES);
        assertThat(bytes.length).isLessThan(plain.length / 4);
        LogFrame frame = LogFrame.parse(bytes);
        assertThat(frame.header().isCompressed()).isTrue();
        assertThat(frame.size()).isEqualTo(bytes.length);
        assertThat(frame.executed()).containsExactly(EXECUTED);
        assertThat(frame.entries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(ENTRIES);
    }

    @Test
    void aCompressedFrameIsReadAsEver() throws IOException {
        LogFrame frame = LogFrame.parse(Frames.golden("log-frame-2-zstd.hex"));
        assertThat(frame.header().isCompressed()).isTrue();
        assertThat(frame.executed()).containsExactly(EXECUTED);
        assertThat(frame.entries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(ENTRIES);
    }

    @Test
    void leavesAPayloadAloneThatIsSmall() {
        byte[] bytes = Frames.write(ZSTD, EXECUTED, ENTRIES.subList(0, 2));
        assertThat(bytes).isEqualTo(Frames.write(PayloadEncoding.PLAIN, EXECUTED, ENTRIES.subList(0, 2)));
    }

    @Test
    void leavesAPayloadAloneThatDoesNotGetSmaller() {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        List<LogEntry> entries = List.of(new LoggedCommand(new UUID(1, 2), 1, noise));
        byte[] bytes = Frames.write(ZSTD, EXECUTED, entries);
        assertThat(bytes).isEqualTo(Frames.write(PayloadEncoding.PLAIN, EXECUTED, entries));
    }

    @Test
    void everyFlippedBitAndEveryCutIsFound() {
        byte[] bytes = Frames.write(ZSTD, EXECUTED, ENTRIES);
        Random random = new Random(1);
        for (int index = 0; index < bytes.length; index++) {
            byte[] damaged = bytes.clone();
            damaged[index] ^= (byte) (1 << random.nextInt(8));
            byte[] torn = Arrays.copyOf(bytes, index);
            assertThatThrownBy(() -> LogFrame.parse(damaged)).isInstanceOf(WireException.class);
            assertThatThrownBy(() -> LogFrame.parse(torn)).isInstanceOf(WireException.class);
        }
    }

    @Test
    void aForgedSizeTakesNoMemory() {
        for (int size : new int[] {-1, 0, (64 << 20) + 1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> LogFrame.parse(withStatedSize(size)))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("states a payload of " + size + " bytes, 1 to 67108864 wanted");
        }
    }

    @Test
    void aSizeThatIsNotThatOfThePayloadIsRefused() {
        for (int size : new int[] {1, 500, 100_000}) {
            assertThatThrownBy(() -> LogFrame.parse(withStatedSize(size)))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining(size + " bytes wanted");
        }
    }

    @Test
    void namesWhatIsNotInstalled() {
        assertThatThrownBy(() -> PayloadEncoding.of("binary", "lz4", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no compression lz4 is installed");
        assertThatThrownBy(() -> PayloadEncoding.of("yaml", "none", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no log serializer yaml is installed");
    }

    private static byte[] withStatedSize(int size) {
        byte[] bytes = Frames.write(ZSTD, EXECUTED, ENTRIES);
        WireWriter stated = new WireWriter(Integer.BYTES);
        stated.writeInt(size);
        System.arraycopy(stated.array(), 0, bytes, HEADER_BYTES + Integer.BYTES, Integer.BYTES);
        return Frames.forged(bytes);
    }
}
