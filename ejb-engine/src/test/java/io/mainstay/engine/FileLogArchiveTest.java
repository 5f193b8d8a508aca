package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.replay.ArchiveDamagedException;
import io.mainstay.core.replay.CompactedCommand;
import io.mainstay.core.snapshot.InMemorySnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileLogArchiveTest {
    private static final long SMALL_SEGMENT = 600;

    @TempDir
    private Path directory;

    private final LedgerLog ledger = new LedgerLog(new InMemorySnapshots());

    @Test
    void givesBackTheFramesInOrderOverSeveralSegments() {
        ledger.transfer(20);
        fill(ledger.log.frames());

        assertThat(files(".mseg")).hasSizeGreaterThan(3);
        assertThat(read(0)).usingElementComparator(Arrays::compare).containsExactlyElementsOf(ledger.log.frames());
        assertThat(archive().begin()).isEqualTo(LogPosition.START);
        LogFrame last = ledger.frames().get(ledger.frames().size() - 1);
        assertThat(archive().end().hash()).isEqualTo(last.hash());
        assertThat(archive().end().sequence()).isEqualTo(last.header().sequence() + 1);
    }

    @Test
    void goesOnBehindWhatIsThere() {
        ledger.transfer(5);
        fill(ledger.log.frames().subList(0, 6));
        fill(ledger.log.frames().subList(6, ledger.log.frames().size()));

        assertThat(read(0)).hasSameSizeAs(ledger.log.frames());
    }

    @Test
    void readsFromTheMiddleWithoutWhatLiesBefore() throws IOException {
        ledger.transfer(40);
        fill(ledger.log.frames());
        List<Path> segments = files(".mseg");
        for (Path file : segments.subList(0, 3)) {
            // Frames before the point are neither wanted nor looked at: only header and trailer are good.
            damage(file, SealedSegment.HEADER_BYTES + 20);
        }
        LogPosition middle = archive().seek(LogPoint.atOffset(30));

        assertThat(middle.offset()).isBetween(28L, 30L);
        List<byte[]> frames = read(middle.sequence());
        assertThat(LogFrame.parse(frames.get(0)).header().sequence()).isEqualTo(middle.sequence());
        assertThat(LogFrame.parse(frames.get(0)).header().previousHash()).isEqualTo(middle.hash());
        assertThatThrownBy(() -> read(0)).isInstanceOf(ArchiveDamagedException.class);
    }

    @Test
    void findsATimeAsItFindsAnOffset() {
        ledger.transfer(40);
        fill(ledger.log.frames());
        long micros = LedgerLog.START_MICROS + 30 * LedgerLog.SECOND_MICROS;

        LogPosition found = archive().seek(LogPoint.atTime(micros));

        assertThat(LogFrame.parse(read(found.sequence()).get(0)).header().timestampMicros())
                .isEqualTo(micros);
        assertThat(archive().seek(LogPoint.START)).isEqualTo(archive().begin());
        assertThat(archive().seek(LogPoint.END)).isEqualTo(archive().end());
    }

    @Test
    void aSegmentThatACrashLeftUnsealedIsNoneAndGoes() throws IOException {
        ledger.transfer(5);
        List<byte[]> frames = ledger.log.frames();
        fill(frames.subList(0, 4));
        FileLogArchive.Appender crashed = archive().open();
        frames.subList(4, 6).forEach(crashed::append);
        assertThat(files(DurableFile.UNFINISHED)).hasSize(1);

        assertThat(read(0)).hasSize(4);
        fill(frames.subList(4, frames.size()));

        assertThat(files(DurableFile.UNFINISHED)).isEmpty();
        assertThat(read(0)).hasSameSizeAs(frames);
    }

    @Test
    void leavesOutWhatWasSealedBeforeACrashAndComesAgain() {
        ledger.transfer(5);
        List<byte[]> frames = ledger.log.frames();
        fill(frames.subList(0, 6));
        try (FileLogArchive.Appender again = archive().open()) {
            frames.forEach(again::append);
            again.seal();
            assertThat(again.repeated()).isEqualTo(6);
        }

        assertThat(read(0)).hasSameSizeAs(frames);
    }

    @Test
    void keepsFramesOfAFormerOwner() {
        ledger.transfer(1);
        int before = ledger.log.frames().size();
        ledger.transfer(1);
        List<byte[]> orphans = List.copyOf(
                ledger.log.frames().subList(before, ledger.log.frames().size()));
        ledger.log.frames().subList(before, ledger.log.frames().size()).clear();
        ledger.restart();
        ledger.log.frames().addAll(orphans);

        fill(ledger.log.frames());

        assertThat(read(0)).hasSameSizeAs(ledger.log.frames());
        assertThat(archive().end().epoch()).isEqualTo(2);
    }

    @Test
    void refusesAFrameThatDoesNotFollow() {
        ledger.transfer(3);
        LedgerLog other = new LedgerLog(new InMemorySnapshots(), LedgerLog.START_MICROS + 1);
        other.transfer(3);
        fill(ledger.log.frames().subList(0, 4));
        try (FileLogArchive.Appender appender = archive().open()) {
            assertThatThrownBy(() -> appender.append(other.log.frames().get(4)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("nothing was let go");
        }
    }

    @Test
    void anyFlippedByteAndAnyCutIsDamage() throws IOException {
        ledger.transfer(2);
        fill(ledger.log.frames());
        Path file = files(".mseg").get(0);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int index = 0; index < whole.length; index++) {
            byte[] damaged = whole.clone();
            damaged[index] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThatThrownBy(() -> read(0)).as("byte %d", index).isInstanceOf(ArchiveDamagedException.class);
            Files.write(file, Arrays.copyOf(whole, index));
            assertThatThrownBy(() -> read(0)).as("%d bytes", index).isInstanceOf(ArchiveDamagedException.class);
        }
    }

    @Test
    void saysThatTheFirstSegmentIsMissing() throws IOException {
        ledger.transfer(20);
        fill(ledger.log.frames());
        Files.delete(files(".mseg").get(0));

        assertThatThrownBy(() -> archive().begin())
                .isInstanceOf(ArchiveDamagedException.class)
                .hasMessageContaining("segments before it are missing");
    }

    @Test
    void readsWhatFormat1HasWrittenAndGoesOnBehindIt() throws IOException {
        Path old = Files.createDirectories(directory.resolve("shard-3"));
        Files.write(old.resolve("segment-000000000000.msa"), golden());
        FileLogArchive archive = new FileLogArchive(old, 3, SMALL_SEGMENT);

        assertThat(archive.end().sequence()).isEqualTo(4);
        assertThat(archive.end().offset()).isEqualTo(6);
        List<Long> sequences = new ArrayList<>();
        archive.read(
                0,
                (frame, place) -> sequences.add(LogFrame.parse(frame).header().sequence()));
        assertThat(sequences).containsExactly(0L, 1L, 2L, 3L);
        assertThat(archive.compact(4, 1, LedgerLog.DOMAINS)).isEqualTo(1);
        assertThat(archive.compacted().orElseThrow().entryCount()).isEqualTo(6);
    }

    @Test
    void aTornEndOfFormat1IsCut() throws IOException {
        Path old = Files.createDirectories(directory.resolve("shard-3"));
        Files.write(old.resolve("segment-000000000000.msa"), Arrays.copyOf(golden(), golden().length - 3));

        assertThat(new FileLogArchive(old, 3, SMALL_SEGMENT).end().sequence()).isEqualTo(3);
    }

    @Test
    void retentionDeletesOldSegmentsAndRemembersWhereItBegins() {
        ledger.transfer(40);
        fill(ledger.log.frames());
        int before = files(".mseg").size();
        long micros = LedgerLog.START_MICROS + 20 * LedgerLog.SECOND_MICROS;

        int gone = archive().deleteOlder(micros, Long.MAX_VALUE);

        assertThat(gone).isBetween(1, before - 1);
        assertThat(files(".mseg")).hasSize(before - gone);
        assertThat(archive().begin().offset()).isBetween(1L, 20L);
        assertThat(archive().begin().sequence()).isPositive();
        assertThat(read(0)).hasSizeLessThan(ledger.log.frames().size());
    }

    @Test
    void retentionLeavesWhatNoSnapshotCoversAndTheNewestSegment() {
        ledger.transfer(40);
        fill(ledger.log.frames());
        assertThat(archive().deleteOlder(Long.MAX_VALUE, 0)).isZero();
        LogPosition end = archive().end();

        archive().deleteOlder(Long.MAX_VALUE, Long.MAX_VALUE);

        assertThat(files(".mseg")).hasSize(1);
        assertThat(archive().end()).isEqualTo(end);
    }

    @Test
    void compactionLeavesTheLatestCommandOfEachAggregate() {
        ledger.transfer(40);
        fill(ledger.log.frames());
        LogPosition end = archive().end();

        int replaced = archive().compact(Long.MAX_VALUE, 1, LedgerLog.DOMAINS);

        assertThat(replaced).isGreaterThan(3);
        assertThat(files(".mseg")).isEmpty();
        assertThat(archive().begin()).isEqualTo(end).isEqualTo(archive().end());
        assertThat(archive().compacted().orElseThrow().entryCount()).isEqualTo(1);
        assertThat(left()).singleElement().satisfies(command -> {
            assertThat(command.offset()).isEqualTo(41);
            assertThat(command.aggregates()).contains(LedgerLog.BANK, LedgerLog.ALICE);
        });
    }

    @Test
    void compactionGoesOnBehindWhatWasCompactedBefore() {
        ledger.transfer(10);
        int half = ledger.log.frames().size() / 2;
        fill(ledger.log.frames().subList(0, half));
        archive().compact(Long.MAX_VALUE, 1, LedgerLog.DOMAINS);
        fill(ledger.log.frames().subList(half, ledger.log.frames().size()));

        archive().compact(Long.MAX_VALUE, 1, LedgerLog.DOMAINS);

        assertThat(left()).extracting(CompactedCommand::offset).containsExactly(11L);
        assertThat(files(".mscp")).hasSize(1);
        assertThat(archive().end().offset()).isEqualTo(12);
    }

    @Test
    void aCrashInCompactionLeavesTheOneOrTheOther() throws IOException {
        ledger.transfer(20);
        fill(ledger.log.frames());
        List<byte[]> segments = new ArrayList<>();
        List<Path> names = files(".mseg");
        for (Path name : names) {
            segments.add(Files.readAllBytes(name));
        }
        archive().compact(Long.MAX_VALUE, 1, LedgerLog.DOMAINS);
        for (int index = 0; index < names.size(); index++) {
            Files.write(names.get(index), segments.get(index));
        }
        assertThat(read(0)).as("the compacted file is in force").isEmpty();
        archive().open().close();
        assertThat(files(".mseg")).isEmpty();

        Path compacted = files(".mscp").get(0);
        Files.move(compacted, compacted.resolveSibling(compacted.getFileName() + DurableFile.UNFINISHED));
        for (int index = 0; index < names.size(); index++) {
            Files.write(names.get(index), segments.get(index));
        }
        assertThat(read(0)).as("the segments are in force").hasSameSizeAs(ledger.log.frames());
        archive().open().close();
        assertThat(files(DurableFile.UNFINISHED)).isEmpty();
        assertThat(read(0)).hasSameSizeAs(ledger.log.frames());
    }

    @Test
    void anyFlippedByteOfACompactedFileIsDamage() throws IOException {
        ledger.transfer(5);
        fill(ledger.log.frames());
        archive().compact(Long.MAX_VALUE, 1, LedgerLog.DOMAINS);
        Path file = files(".mscp").get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int index = 0; index < whole.length; index++) {
            byte[] damaged = whole.clone();
            damaged[index] ^= 4;
            Files.write(file, damaged);
            assertThatThrownBy(this::left).as("byte %d", index).isInstanceOf(ArchiveDamagedException.class);
        }
    }

    private static byte[] golden() throws IOException {
        try (InputStream golden = FileLogArchiveTest.class.getResourceAsStream("/golden/segment-1.hex")) {
            String hex = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        }
    }

    private FileLogArchive archive() {
        return new FileLogArchive(directory.resolve("shard-0"), 0, SMALL_SEGMENT);
    }

    private void fill(List<byte[]> frames) {
        try (FileLogArchive.Appender appender = archive().open()) {
            frames.forEach(appender::append);
            appender.seal();
        }
    }

    private List<byte[]> read(long from) {
        List<byte[]> frames = new ArrayList<>();
        archive().read(from, (frame, place) -> frames.add(frame));
        return frames;
    }

    private List<CompactedCommand> left() {
        List<CompactedCommand> left = new ArrayList<>();
        archive().readCompacted(left::add);
        return left;
    }

    private List<Path> files(String ending) {
        try (Stream<Path> all = Files.list(directory.resolve("shard-0"))) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void damage(Path file, int index) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[index] ^= 1;
        Files.write(file, bytes);
    }
}
