package io.mainstay.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Skipped;
import io.mainstay.core.route.Homes;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class LogFrameTest {
    private static final LoggedCommand COMMAND = new LoggedCommand(new UUID(1, 2), 9, new byte[] {10, 11, 12});
    private static final List<LoggedOutcome> OUTCOMES = List.of(
            new LoggedOutcome.Rejected(
                    7, new Rejection(Rejection.Kind.REFUSED, "funds-insufficient", "Zu wenig: 5 €", "/amountMinor")),
            new LoggedOutcome.Repeated(40),
            new LoggedOutcome.KeyReused(41),
            new LoggedOutcome.Recorded(),
            new LoggedOutcome.Accepted(300, List.of(new LoggedEvent(9, new byte[] {4})), List.of(), List.of()),
            new LoggedOutcome.Accepted(
                    2,
                    List.of(new LoggedEvent(9, new byte[] {5}), new LoggedEvent(1, new byte[] {6, 7})),
                    List.of(new SentMessage(2, 9, new byte[] {8})),
                    List.of(new Skipped("/steps/1", new Rejection(Rejection.Kind.UNKNOWN, "gone", "Gone.", "/id")))));
    private static final ExecutedBatch EXECUTED = new ExecutedBatch(994, 1_699_999_999_000_000L, OUTCOMES);
    private static final List<LogEntry> ENTRIES = List.of(
            COMMAND,
            new LoggedCommand(new UUID(3, 4), 9, 77, new byte[] {13}),
            new ReceivedMessage(2, 1L << 40, 9, new byte[] {14}),
            new Acknowledgement(1, 5));

    @Test
    void readsWhatWasWritten() {
        LogFrame frame = LogFrame.parse(sample());
        assertThat(frame.header().shard()).isEqualTo(3);
        assertThat(frame.header().epoch()).isEqualTo(5);
        assertThat(frame.header().sequence()).isEqualTo(77);
        assertThat(frame.header().firstOffset()).isEqualTo(1000);
        assertThat(frame.header().nextOffset()).isEqualTo(1004);
        assertThat(frame.header().timestampMicros()).isEqualTo(1_700_000_000_000_000L);
        assertThat(frame.header().domainVersions()).isEqualTo(Map.of(1, 1, 9, 300));
        assertThat(frame.entries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(ENTRIES);
        assertThat(frame.executed())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(EXECUTED);
        assertThat(frame.answeredBefore()).isEqualTo(1000);
    }

    @Test
    void readsCommandsThatSpanShardsAndTheTime() {
        Homes homes = new Homes(List.of(new Homes.Home(new UUID(5, 6), 300), new Homes.Home(new UUID(7, 8), 0)));
        List<LogEntry> entries = List.of(
                new LoggedCommand(new UUID(1, 2), 9, new byte[] {13}).with(homes),
                new LoggedCommand(new UUID(3, 4), 9, 77, new byte[] {14}, homes),
                new TimePassed(255));
        WireWriter bytes = new WireWriter(8);
        entries.forEach(entry -> entry.write(bytes));
        WireReader in = new WireReader(bytes.toByteArray());
        for (LogEntry entry : entries) {
            assertThat(LogEntry.read(in, FrameHeader.FORMAT_VERSION))
                    .usingRecursiveComparison()
                    .isEqualTo(entry);
        }
        assertThat(in.remaining()).isZero();
    }

    @Test
    void tellsWhatMayHaveBeenAnsweredEvenWithoutOutcomes() {
        FrameWriter writer = new FrameWriter(16, LogPosition.START.hash());
        writer.write(
                new FrameHeader(0, 1, 5, 90, 0, 1, 88, Map.of(9, 1), writer.previousHash()),
                new WireWriter(8),
                new WireWriter(8));
        assertThat(LogFrame.parse(Arrays.copyOf(writer.bytes(), writer.size())).answeredBefore())
                .isEqualTo(88);
    }

    @Test
    void aFrameOfFormatOneStaysReadable() throws IOException {
        LogFrame frame = LogFrame.parse(golden("/golden/log-frame-1.hex"));
        assertThat(frame.header().format()).isEqualTo(1);
        assertThat(frame.header().sequence()).isEqualTo(77);
        assertThat(frame.header().domainVersions()).isEqualTo(Map.of(1, 1, 9, 300));
        assertThat(frame.entries())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(COMMAND);
        assertThat(frame.executed())
                .containsExactly(new ExecutedBatch(997, 1_699_999_999_000_000L, OUTCOMES.subList(0, 3)));
        assertThat(frame.answeredBefore()).isEqualTo(1000);
    }

    @Test
    void aFrameOfFormatTwoIsWrittenAsEver() throws IOException {
        assertThat(HexFormat.of().formatHex(sample()))
                .isEqualTo(HexFormat.of().formatHex(golden("/golden/log-frame-2.hex")));
    }

    @Test
    void unknownFlagsAndCodecsThatAreNotInstalledAreNamed() {
        assertThatThrownBy(() -> LogFrame.parse(withFlags(1 << 9)))
                .isInstanceOf(WireException.class)
                .hasMessage("log frame of format 2 with unknown flags 0x200");
        assertThatThrownBy(() -> LogFrame.parse(withFlags(1)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("log frame 77 is compressed with zstd, which is not installed");
        assertThatThrownBy(() -> LogFrame.parse(withFlags(7 << 4)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("log frame 77 is written by serializer 7, which is not installed");
    }

    /** The sample with these flags, a payload that states 16 bytes expanded, and a checksum that fits. */
    private static byte[] withFlags(int flags) {
        byte[] bytes = sample();
        bytes[6] = (byte) flags;
        bytes[7] = (byte) (flags >>> 8);
        bytes[95] = 16;
        bytes[96] = 0;
        bytes[97] = 0;
        bytes[98] = 0;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - LogFrame.CRC_BYTES);
        WireWriter sum = new WireWriter(LogFrame.CRC_BYTES);
        sum.writeInt((int) crc.getValue());
        System.arraycopy(sum.array(), 0, bytes, bytes.length - LogFrame.CRC_BYTES, LogFrame.CRC_BYTES);
        return bytes;
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream golden = LogFrameTest.class.getResourceAsStream(name)) {
            String hex = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        }
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] bytes = sample();
        Random random = new Random(1);
        for (int index = 0; index < bytes.length; index++) {
            byte[] damaged = bytes.clone();
            damaged[index] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> LogFrame.parse(damaged)).isInstanceOf(WireException.class);
        }
    }

    @Test
    void everyCutIsFound() {
        byte[] bytes = sample();
        for (int size = 0; size < bytes.length; size++) {
            byte[] torn = Arrays.copyOf(bytes, size);
            assertThatThrownBy(() -> LogFrame.parse(torn)).isInstanceOf(WireException.class);
        }
    }

    @Test
    void framesAreChained() {
        FrameWriter writer = new FrameWriter(16, LogPosition.START.hash());
        LogFrame first = LogFrame.parse(write(writer, 0, 0, 1, 1));
        LogFrame second = LogFrame.parse(write(writer, 1, 1, 1, 1));
        LogPosition one = LogPosition.START.after(first);
        assertThat(LogPosition.START.judge(first)).isEqualTo(LogPosition.Verdict.NEXT);
        assertThat(LogPosition.START.judge(second)).isEqualTo(LogPosition.Verdict.GAP);
        assertThat(one.judge(second)).isEqualTo(LogPosition.Verdict.NEXT);
        assertThat(one.judge(first)).isEqualTo(LogPosition.Verdict.STALE);
    }

    @Test
    void aForgedFrameBreaksTheChain() {
        FrameWriter writer = new FrameWriter(16, LogPosition.START.hash());
        LogPosition one = LogPosition.START.after(LogFrame.parse(write(writer, 0, 0, 1, 1)));
        FrameWriter forger = new FrameWriter(16, LogPosition.START.hash());
        assertThat(one.judge(LogFrame.parse(write(forger, 1, 1, 1, 1)))).isEqualTo(LogPosition.Verdict.BROKEN);
    }

    @Test
    void aFrameOfAnOwnerThatLostTheShardIsStale() {
        FrameWriter writer = new FrameWriter(16, LogPosition.START.hash());
        LogPosition one = LogPosition.START.after(LogFrame.parse(write(writer, 0, 0, 1, 2)));
        LogFrame late = LogFrame.parse(write(new FrameWriter(16, LogPosition.START.hash()), 5, 1, 1, 1));
        assertThat(one.judge(late)).isEqualTo(LogPosition.Verdict.STALE);
    }

    @Test
    void aLaterOwnersHistoryThatForksOffIsBroken() {
        FrameWriter writer = new FrameWriter(16, LogPosition.START.hash());
        LogPosition one = LogPosition.START.after(LogFrame.parse(write(writer, 0, 0, 1, 1)));
        LogFrame fork = LogFrame.parse(write(new FrameWriter(16, LogPosition.START.hash()), 0, 0, 1, 2));
        assertThat(one.judge(fork)).isEqualTo(LogPosition.Verdict.BROKEN);
    }

    private static byte[] write(FrameWriter writer, long sequence, long offset, int count, int epoch) {
        WireWriter commands = new WireWriter(64);
        for (int index = 0; index < count; index++) {
            COMMAND.write(commands);
        }
        writer.write(
                new FrameHeader(0, epoch, sequence, offset, count, 1, 0, Map.of(9, 1), writer.previousHash()),
                new WireWriter(8),
                commands);
        return Arrays.copyOf(writer.bytes(), writer.size());
    }

    private static byte[] sample() {
        WireWriter executed = new WireWriter(64);
        FrameWriter.writeExecuted(executed, EXECUTED.firstOffset(), OUTCOMES.size(), EXECUTED.timestampMicros());
        OUTCOMES.forEach(outcome -> outcome.write(executed));
        WireWriter entries = new WireWriter(64);
        ENTRIES.forEach(entry -> entry.write(entries));
        byte[] previousHash = new byte[32];
        Arrays.fill(previousHash, (byte) 0xAB);
        FrameWriter writer = new FrameWriter(16, previousHash);
        writer.write(
                new FrameHeader(
                        3,
                        5,
                        77,
                        1000,
                        ENTRIES.size(),
                        1_700_000_000_000_000L,
                        1000,
                        new TreeMap<>(Map.of(1, 1, 9, 300)),
                        previousHash),
                executed,
                entries);
        return Arrays.copyOf(writer.bytes(), writer.size());
    }
}
