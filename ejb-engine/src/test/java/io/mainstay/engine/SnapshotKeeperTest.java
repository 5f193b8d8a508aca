package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.broker.LocalBroker;
import io.mainstay.core.EngineException;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardStatus.Phase;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.replay.LogVerifier;
import io.mainstay.core.replay.ReplayProgress;
import io.mainstay.core.replay.ShardLog;
import io.mainstay.core.replay.VerifyReport;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotKeeperTest {
    private static final EngineConfig CONFIG = new EngineConfig(
            1,
            16_384,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            new SnapshotSchedule(Duration.ofDays(1), 1_000_000),
            ShardConfig.DEFAULT);

    @TempDir
    private Path directory;

    @Test
    void theBrokersLogDoesNotGrowWithTheHistory() throws Exception {
        LocalBroker broker = LocalBroker.start(directory, 1);
        Engine engine = startEngine(broker);
        try {
            UUID bank = UUID.randomUUID();
            UUID alice = UUID.randomUUID();
            await(engine.submit(new OpenAccount(bank, "main", "EUR", OpenAccount.UNLIMITED), UUID.randomUUID()));
            await(engine.submit(new OpenAccount(alice, "main", "EUR", 0), UUID.randomUUID()));
            SnapshotKeeper keeper = keeper(ArchiveConfig.Policy.archive, retained(broker));
            List<Long> retained = new ArrayList<>();
            for (int round = 0; round < 12; round++) {
                for (int index = 0; index < 20; index++) {
                    await(engine.submit(new PostTransfer(UUID.randomUUID(), bank, alice, 1, ""), UUID.randomUUID()));
                }
                keeper.keep(0);
                retained.add(count(retained(broker)));
            }
            assertThat(retained.subList(2, retained.size()))
                    .as("frames in the broker after each snapshot")
                    .allMatch(count -> count <= 2 * 20 * 2 + 10);
            engine.stop();
            broker.close();
            broker = LocalBroker.start(directory, 1);
            engine = startEngine(broker);

            assertThat(engine.status().get(0).replayed()).isLessThan(20);
            VerifyReport report = new LogVerifier(
                            new ShardLog(0, files().archive(), retained(broker)),
                            ShardConfig.DEFAULT,
                            LedgerLog.DOMAINS,
                            files().snapshots(),
                            ReplayProgress.NONE)
                    .verify();
            assertThat(report.problems()).isEmpty();
            assertThat(report.replayedBefore()).isEqualTo(242);
        } finally {
            engine.stop();
            broker.close();
        }
    }

    @Test
    void keepLeavesTheLogInTheBroker() {
        LedgerLog ledger = filled(ArchiveConfig.Policy.keep);

        assertThat(ledger.frames().get(0).header().sequence()).isZero();
        assertThat(files().archive().end()).isEqualTo(LogPosition.START);
    }

    @Test
    void archiveMovesWhatTheOlderSnapshotCovers() {
        LedgerLog ledger = filled(ArchiveConfig.Policy.archive);

        long older = files().snapshots().list().get(1).sequence();
        assertThat(ledger.frames().get(0).header().sequence()).isEqualTo(older);
        assertThat(files().archive().end().sequence()).isEqualTo(older);
        assertThat(files().archive().begin()).isEqualTo(LogPosition.START);
    }

    @Test
    void retentionDeletesByAge() {
        filled(ArchiveConfig.Policy.retention);

        assertThat(files().archive().begin().sequence()).isPositive();
    }

    @Test
    void compactionRewritesWhatHasGathered() {
        filled(ArchiveConfig.Policy.compaction);

        assertThat(files().archive().compacted().orElseThrow().entryCount()).isPositive();
    }

    @Test
    void takesASnapshotOnDemandFromAnyThread() throws Exception {
        LedgerLog ledger = new LedgerLog(files().snapshots());
        ledger.transfer(3);
        SnapshotKeeper keeper = keeper(ArchiveConfig.Policy.archive, ledger.retained());
        CompletableFuture<SnapshotId> before = keeper.request(0);
        CompletableFuture<SnapshotId> same = keeper.request(0);
        Thread thread = new Thread(keeper);
        thread.start();

        assertThat(await(before).offset()).isEqualTo(5);
        assertThat(await(same)).isEqualTo(await(before));
        assertThat(files().snapshots().list()).containsExactly(await(before));
        keeper.stop();
        thread.join(10_000);
        assertThatThrownBy(() -> await(keeper.request(0)))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(EngineException.class)
                .hasMessageContaining("the server stops");
    }

    @Test
    void aSnapshotThatCannotBeTakenFailsItsRequestAndNotTheKeeper() throws Exception {
        LedgerLog ledger = new LedgerLog(files().snapshots());
        ledger.transfer(3);
        byte[] good = ledger.log.frames().get(3).clone();
        ledger.log.frames().get(3)[60] ^= 1;
        SnapshotKeeper keeper = keeper(ArchiveConfig.Policy.archive, ledger.retained());
        Thread thread = new Thread(keeper);
        thread.start();
        assertThatThrownBy(() -> await(keeper.request(0))).hasMessageContaining("checksum");
        ledger.log.frames().set(3, good);

        assertThat(await(keeper.request(0)).offset()).isEqualTo(5);
        keeper.stop();
        thread.join(10_000);
    }

    private LedgerLog filled(ArchiveConfig.Policy policy) {
        LedgerLog ledger = new LedgerLog(files().snapshots());
        SnapshotKeeper keeper = keeper(policy, ledger.retained());
        for (int round = 0; round < 5; round++) {
            ledger.transfer(10);
            keeper.keep(0);
        }
        assertThat(files().snapshots().list()).hasSize(2);
        return ledger;
    }

    private SnapshotKeeper keeper(ArchiveConfig.Policy policy, RetainedLog log) {
        return new SnapshotKeeper(
                CONFIG,
                new ArchiveConfig(policy, 1 << 20, Duration.ofDays(1), 2),
                LedgerLog.DOMAINS,
                List::of,
                shard -> files(),
                shard -> log);
    }

    private ShardFiles files() {
        return ShardFiles.in(directory, 0);
    }

    private static RetainedLog retained(LocalBroker broker) {
        return new ArtemisRetainedLog(broker::connections, 0);
    }

    private static long count(RetainedLog log) {
        List<Integer> sizes = new ArrayList<>();
        log.read(frame -> sizes.add(frame.length));
        return sizes.size();
    }

    private Engine startEngine(LocalBroker broker) throws InterruptedException {
        Engine engine = new Engine(
                CONFIG,
                LedgerLog.DOMAINS,
                (shard, wakeUp) -> new LoggedRecovery(
                        new ArtemisWriteAheadLog(broker.connections(), shard, CONFIG, wakeUp), shard, files()),
                shard -> files().snapshots(),
                () -> System.currentTimeMillis() * 1000,
                command -> outcome -> {});
        engine.start(Thread::new);
        long untilNanos = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (engine.status().get(0).phase() != Phase.SERVING) {
            assertThat(System.nanoTime()).as("serving in time").isLessThan(untilNanos);
            Thread.onSpinWait();
        }
        return engine;
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        T value = stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(value).isNotInstanceOf(Outcome.Rejected.class);
        return value;
    }
}
