package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.log.ExecutedBatch;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.replay.LogVerifier;
import io.mainstay.core.replay.PointInTime;
import io.mainstay.core.replay.ReplayProgress;
import io.mainstay.core.replay.ReplayTarget;
import io.mainstay.core.replay.ReplayedFrame;
import io.mainstay.core.replay.Replayer;
import io.mainstay.core.replay.Replayer.State;
import io.mainstay.core.replay.ShardLog;
import io.mainstay.core.replay.VerifyReport;
import io.mainstay.core.shard.ReplayedShard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.snapshot.InMemorySnapshots;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.domain.ledger.LedgerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log read again, with a real archive before a live log: offsets 0 and 1 open accounts, from 2 on a transfer each. */
final class ReplayTest {
    private static final long SMALL_SEGMENT = 600;

    @TempDir
    private Path directory;

    private final InMemorySnapshots snapshots = new InMemorySnapshots();
    private final LedgerLog ledger = new LedgerLog(snapshots);

    @Test
    void theStateAtEveryOffsetAndTimeIsWhatItWasThen() {
        ledger.transfer(20);
        ledger.snapshot();
        archive(15);
        ledger.transfer(5);
        for (long offset = 2; offset <= 27; offset++) {
            ReplayedShard then = pointInTime().at(LogPoint.atOffset(offset));
            assertThat(then.executedBefore()).isEqualTo(offset);
            assertThat(balance(then)).isEqualTo(offset - 2);
            ReplayedShard byTime =
                    pointInTime().at(LogPoint.atTime(LedgerLog.START_MICROS + offset * LedgerLog.SECOND_MICROS));
            assertThat(byTime.executedBefore()).isEqualTo(offset);
            assertThat(byTime.stateHash()).isEqualTo(then.stateHash());
        }
        assertThat(pointInTime().at(LogPoint.END).stateHash()).isEqualTo(ledger.stateHash());
        assertThatThrownBy(() -> pointInTime().at(LogPoint.atOffset(28)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("the log ends at offset 27");
    }

    @Test
    void decidesATailWithoutOutcomesUpToThePoint() {
        ledger.transfer(3);
        while (!ledger.frames().get(ledger.frames().size() - 1).executed().isEmpty()) {
            ledger.log.frames().remove(ledger.log.frames().size() - 1);
        }

        assertThat(balance(pointInTime().at(LogPoint.atOffset(5)))).isEqualTo(3);
    }

    @Test
    void beginsAtTheBestSnapshot() {
        ledger.transfer(20);
        SnapshotId snapshot = ledger.snapshot();
        ledger.transfer(20);
        archive(30);
        List<Long> read = new ArrayList<>();
        PointInTime replay = new PointInTime(
                log(), ShardConfig.DEFAULT, LedgerLog.DOMAINS, snapshots, (offset, bytes) -> read.add(offset));

        replay.at(LogPoint.atOffset(30));

        assertThat(read.get(0)).isGreaterThanOrEqualTo(snapshot.offset());
        snapshots.damage(snapshot);
        read.clear();
        assertThat(balance(replay.at(LogPoint.atOffset(30)))).isEqualTo(28);
        assertThat(read.get(0)).isZero();
    }

    @Test
    void findsFramesThatWentToTheArchiveWhileItRead() {
        ledger.transfer(20);
        archive(5);
        RetainedLog overtaken = new RetainedLog() {
            private boolean moved;

            @Override
            public void read(Consumer<byte[]> frames) {
                if (!moved) {
                    moved = true;
                    archive(10);
                }
                ledger.retained().read(frames);
            }

            @Override
            public long truncate(long keepFromSequence, Consumer<byte[]> archive, Runnable sync) {
                throw new AssertionError("nobody truncates here");
            }
        };
        List<Long> sequences = new ArrayList<>();
        new ShardLog(0, archive(), overtaken)
                .walk(
                        LogPosition.START,
                        (frame, size) -> sequences.add(frame.header().sequence()));

        assertThat(sequences)
                .isEqualTo(LongStream.range(0, sequences.size()).boxed().toList());
        assertThat(sequences.size()).isGreaterThan(20);
    }

    @Test
    void feedsATargetOverCrashesWithoutGapAndWithoutRepeatingWhatWasCheckpointed() {
        ledger.transfer(30);
        archive(20);
        CrashingTarget target = new CrashingTarget();
        LogPoint from = LogPoint.atOffset(5);
        LogPoint to = LogPoint.atOffset(25);
        State state = State.WAITING;
        int runs = 0;
        while (state != State.DONE) {
            target.crashNext = runs % 3 == 1;
            try {
                state = replayer(from, to, target).run();
            } catch (CrashException crash) {
                assertThat(target.crashNext).isTrue();
            }
            assertThat(++runs).as("runs").isLessThan(200);
        }

        assertThat(runs).as("the target had little room").isGreaterThan(5);
        assertThat(target.offsets).isEqualTo(LongStream.range(5, 25).boxed().toList());
        assertThat(target.commands).isEqualTo(LongStream.range(5, 25).boxed().toList());
    }

    @Test
    void feedsARangeOfTimeAndCatchesUpWithTheLiveLog() {
        ledger.transfer(10);
        archive(6);
        CrashingTarget target = new CrashingTarget();
        LogPoint from = LogPoint.atTime(LedgerLog.START_MICROS + 4 * LedgerLog.SECOND_MICROS);
        Replayer replayer = replayer(from, LogPoint.END, target);
        while (replayer.run() == State.WAITING) {
            target.room = 3;
        }
        assertThat(target.offsets).isEqualTo(LongStream.range(4, 12).boxed().toList());

        ledger.transfer(3);
        while (replayer.run() == State.WAITING) {
            target.room = 3;
        }
        assertThat(target.offsets).isEqualTo(LongStream.range(4, 15).boxed().toList());
    }

    @Test
    void verifyFindsAllGood() {
        ledger.transfer(20);
        ledger.snapshot();
        archive(12);
        ledger.restart();
        ledger.transfer(5);

        VerifyReport report = verifier().verify(Optional.of(ledger.liveState()));

        assertThat(report.problems()).isEmpty();
        assertThat(report.notes()).isEmpty();
        assertThat(report.end().offset()).isEqualTo(27);
        assertThat(report.frames()).isEqualTo(report.end().sequence());
        assertThat(report.stateHash().orElseThrow()).isEqualTo(ledger.stateHash());
    }

    @Test
    void verifyNamesShardFrameOffsetAndFileOfTheFirstDamage() throws IOException {
        ledger.transfer(20);
        archive(12);
        Path second = segments().get(1);
        byte[] bytes = Files.readAllBytes(second);
        bytes[SealedSegment.HEADER_BYTES + 30] ^= 1;
        Files.write(second, bytes);

        VerifyReport report = verifier().verify();

        long sequence = SealedSegment.open(second, 0).begin().sequence();
        assertThat(report.isGood()).isFalse();
        assertThat(report.problems().get(0))
                .contains("shard 0, frame " + sequence + ",", second.toString(), "fails its checksum");
    }

    @Test
    void verifyFindsAMissingSegmentAndAMissingFrameOfTheLiveLog() throws IOException {
        ledger.transfer(20);
        archive(12);
        Path second = segments().get(1);
        long sequence = SealedSegment.open(second, 0).begin().sequence();
        byte[] kept = Files.readAllBytes(second);
        Files.delete(second);
        assertThat(verifier().verify().problems().get(0))
                .contains("frame " + sequence + ",", segments().get(1).toString(), "are missing");

        Files.write(second, kept);
        assertThat(verifier().verify().isGood()).isTrue();
        ledger.log.frames().remove(2);
        assertThat(verifier().verify().problems().get(0)).contains("the live log", "are missing");
    }

    @Test
    void verifyFindsAForgedFrame() {
        ledger.transfer(5);
        LedgerLog other = new LedgerLog(new InMemorySnapshots(), LedgerLog.START_MICROS + 1);
        other.transfer(5);
        ledger.log.frames().set(4, other.log.frames().get(4));

        assertThat(verifier().verify().problems().get(0)).contains("frame 4,", "the chain of hashes is broken");
    }

    @Test
    void verifyFindsASnapshotAndALiveStateThatTheLogDoesNotSay() {
        ledger.transfer(5);
        LedgerLog other = new LedgerLog(new InMemorySnapshots(), LedgerLog.START_MICROS + 1);
        other.transfer(5);

        assertThat(verifier().verify(Optional.of(other.liveState())).problems())
                .singleElement()
                .asString()
                .contains("live state at offset 7");
        LedgerLog lying = new LedgerLog(snapshots, LedgerLog.START_MICROS + 1);
        lying.transfer(5);
        lying.snapshot();
        assertThat(verifier().verify().problems())
                .singleElement()
                .asString()
                .contains("snapshot at offset 7 is not what the log replays to");
    }

    @Test
    void aCompactedRangeIsNamedAndNoStateInsideIsBuilt() {
        ledger.transfer(20);
        SnapshotId snapshot = ledger.snapshot();
        ledger.transfer(5);
        archive(30);
        archive().compact(snapshot.sequence(), 1, LedgerLog.DOMAINS);
        long end = archive().begin().offset();
        assertThat(end).isGreaterThan(10);

        assertThatThrownBy(() -> pointInTime().at(LogPoint.atOffset(10)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no state at offset 10")
                .hasMessageContaining("offsets 0 to " + (end - 1) + ", are compacted");
        assertThatThrownBy(() -> replayer(LogPoint.START, LogPoint.END, new CrashingTarget())
                        .run())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("are compacted");
        assertThat(balance(pointInTime().at(LogPoint.atOffset(25)))).isEqualTo(23);
        VerifyReport report = verifier().verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.notes()).singleElement().asString().contains("their chain is replaced by it");
        assertThat(report.stateHash().orElseThrow()).isEqualTo(ledger.stateHash());
    }

    @Test
    void whatRetentionDeletedIsNamed() {
        ledger.transfer(20);
        ledger.snapshot();
        archive(30);
        archive().deleteOlder(LedgerLog.START_MICROS + 10 * LedgerLog.SECOND_MICROS, Long.MAX_VALUE);

        assertThatThrownBy(() -> pointInTime().at(LogPoint.atOffset(5)))
                .hasMessageContaining("were deleted by retention");
        assertThat(verifier().verify().problems()).isEmpty();
        assertThat(verifier().verify().notes()).singleElement().asString().contains("were deleted by retention");
    }

    @Test
    void progressIsSaidWithRateAndExpectedEnd() {
        List<String> said = new ArrayList<>();
        long[] nanos = {0};
        ReplayProgress progress =
                new ReplayLogger("shard 0 recovers", OptionalLong.of(10_000), () -> nanos[0], said::add);
        for (int second = 0; second <= 4; second++) {
            nanos[0] = second * 1_000_000_000L;
            progress.reached(second * 1000L, 1_000_000);
        }
        assertThat(said)
                .containsExactly("shard 0 recovers: at offset 3000 after 3 s, 1000 commands/s, 1.3 MB/s"
                        + "; about 7000 commands to go, expected to end in 7 s");
    }

    /** Keeps what it took in memory that survives its crashes, up to the last checkpoint. */
    private static final class CrashingTarget implements ReplayTarget {
        private final List<Long> offsets = new ArrayList<>();
        private final List<Long> commands = new ArrayList<>();
        private int room = 3;
        private boolean crashNext;
        private int offered;

        @Override
        public int room() {
            if (offered >= 2) {
                offered = 0;
                return 0;
            }
            offered++;
            return room;
        }

        @Override
        public void take(List<ReplayedFrame> frames) {
            assertThat(frames).hasSizeLessThanOrEqualTo(room);
            if (crashNext) {
                throw new CrashException();
            }
            for (ReplayedFrame frame : frames) {
                for (ExecutedBatch batch : frame.executed()) {
                    LongStream.range(batch.firstOffset(), batch.nextOffset()).forEach(offsets::add);
                }
                LongStream.range(
                                frame.firstOffset(),
                                frame.firstOffset() + frame.entries().size())
                        .forEach(commands::add);
            }
        }
    }

    private static final class CrashException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private Replayer replayer(LogPoint from, LogPoint to, ReplayTarget target) {
        return new Replayer(
                log(), from, to, target, new PositionFile(directory.resolve("target.position")), ReplayProgress.NONE);
    }

    private PointInTime pointInTime() {
        return new PointInTime(log(), ShardConfig.DEFAULT, LedgerLog.DOMAINS, snapshots, ReplayProgress.NONE);
    }

    private LogVerifier verifier() {
        return new LogVerifier(log(), ShardConfig.DEFAULT, LedgerLog.DOMAINS, snapshots, ReplayProgress.NONE);
    }

    private ShardLog log() {
        return new ShardLog(0, archive(), ledger.retained());
    }

    private FileLogArchive archive() {
        return new FileLogArchive(directory.resolve("shard-0"), 0, SMALL_SEGMENT);
    }

    /** Moves the frames before a sequence to the archive. */
    private void archive(long beforeSequence) {
        try (FileLogArchive.Appender appender = archive().open()) {
            ledger.retained().truncate(beforeSequence, appender::append, appender::seal);
        }
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("shard-0"))) {
            return files.filter(file -> file.toString().endsWith(".mseg"))
                    .sorted()
                    .toList();
        }
    }

    private static long balance(ReplayedShard shard) {
        return shard.state()
                .of(LedgerState.class)
                .account(LedgerLog.ALICE)
                .orElseThrow()
                .balanceMinor();
    }
}
