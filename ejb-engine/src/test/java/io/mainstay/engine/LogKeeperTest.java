package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.broker.LocalBroker;
import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardOperations.Order;
import io.mainstay.core.gateway.ShardStatus.Phase;
import io.mainstay.core.log.LogPoint;
import io.mainstay.core.log.LogPosition;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.replay.AggregateChange;
import io.mainstay.core.replay.ReplayCheckpoints;
import io.mainstay.core.replay.ReplayTarget;
import io.mainstay.core.replay.ReplayedFrame;
import io.mainstay.core.replay.VerifyReport;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.TransferPosted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators order with the log of a shard that serves, on a real broker. */
final class LogKeeperTest {
    private static final Order ORDER = new Order("ada", "drill");
    private static final Domains DOMAINS = new Domains(List.of(new LedgerDomain()));
    private static final EngineConfig CONFIG = new EngineConfig(
            1,
            16_384,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            new SnapshotSchedule(Duration.ofDays(1), 1_000_000),
            ShardConfig.DEFAULT);

    @TempDir
    private Path directory;

    private final UUID bank = UUID.randomUUID();
    private final UUID alice = UUID.randomUUID();
    private LocalBroker broker;
    private Engine engine;
    private SnapshotKeeper snapshots;
    private LogKeeper keeper;
    private Thread thread;

    @BeforeEach
    void start() throws Exception {
        broker = LocalBroker.start(directory, 1);
        engine = new Engine(
                CONFIG,
                DOMAINS,
                (shard, wakeUp) -> new ArtemisWriteAheadLog(broker.connections(), shard, CONFIG, wakeUp),
                shard -> ShardFiles.in(directory, shard).snapshots(),
                () -> System.currentTimeMillis() * 1000,
                command -> outcome -> {});
        engine.start(Thread::new);
        long untilNanos = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (engine.status().get(0).phase() != Phase.SERVING && System.nanoTime() < untilNanos) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        IntFunction<ShardFiles> files = List.of(ShardFiles.in(directory, 0))::get;
        IntFunction<RetainedLog> logs = shard -> new ArtemisRetainedLog(broker::connections, shard);
        snapshots = new SnapshotKeeper(CONFIG, DOMAINS, engine::status, files, logs);
        keeper = new LogKeeper(CONFIG, DOMAINS, engine, snapshots, files, logs);
        thread = new Thread(snapshots);
        thread.start();
        submit(new OpenAccount(bank, "main", "EUR", OpenAccount.UNLIMITED));
        submit(new OpenAccount(alice, "main", "EUR", 0));
    }

    @AfterEach
    void stop() throws Exception {
        snapshots.stop();
        thread.join(Duration.ofSeconds(10));
        engine.stop();
        broker.close();
    }

    @Test
    void theLiveStateIsWhatArchiveAndLogSay() throws Exception {
        for (int round = 0; round < 4; round++) {
            pay(20);
            await(keeper.snapshot(0, ORDER));
        }
        pay(5);

        VerifyReport report = await(keeper.verify(0, ORDER));

        assertThat(report.problems()).isEmpty();
        assertThat(report.replayedBefore()).isEqualTo(87);
        assertThat(report.stateHash().orElseThrow())
                .isEqualTo(engine.stateAt(0).get(10, TimeUnit.SECONDS).hash());
    }

    @Test
    void aStateIsReadAsItWas() throws Exception {
        pay(10);
        await(keeper.snapshot(0, ORDER));
        pay(10);
        await(keeper.snapshot(0, ORDER));
        pay(10);
        for (int paid : new int[] {0, 1, 9, 10, 11, 25, 30}) {
            assertThat(await(keeper.readAt(
                                    0, LogPoint.atOffset(2 + paid), LedgerState.class, state -> state.account(alice)))
                            .value()
                            .map(AccountView::balanceMinor))
                    .hasValue((long) paid);
        }
        assertThatThrownBy(() -> await(keeper.readAt(0, LogPoint.atOffset(33), LedgerState.class, state -> 1)))
                .hasMessageContaining("the log ends at offset 32");
    }

    @Test
    void whatChangedAnAccountIsFoundInLogAndArchive() throws Exception {
        pay(10);
        await(keeper.snapshot(0, ORDER));
        pay(10);
        await(keeper.snapshot(0, ORDER));
        pay(5);

        List<AggregateChange> changes = await(keeper.changes(0, alice, LogPoint.START, 100));

        assertThat(changes.get(0).command()).get().isInstanceOf(OpenAccount.class);
        assertThat(changes).hasSize(26);
        assertThat(changes.subList(1, 26)).allSatisfy(change -> {
            assertThat(change.command()).get().isInstanceOf(PostTransfer.class);
            assertThat(change.events()).singleElement().isInstanceOf(TransferPosted.class);
        });
        assertThat(await(keeper.changes(0, alice, LogPoint.atOffset(20), 3)))
                .extracting(AggregateChange::offset)
                .containsExactly(20L, 21L, 22L);
        assertThat(await(keeper.changes(0, new UUID(4, 4), LogPoint.START, 100)))
                .isEmpty();
    }

    @Test
    void aRangeIsReplayedToATargetThatTakesItsTime() throws Exception {
        pay(30);
        Slow target = new Slow();

        LogPosition end = await(
                keeper.replay(0, LogPoint.atOffset(5), LogPoint.atOffset(20), target, new NoCheckpoints(), ORDER));

        assertThat(target.first).isEqualTo(5);
        assertThat(target.next).isEqualTo(20);
        assertThat(target.refusals).isPositive();
        assertThat(end.offset()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void aShardThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> keeper.verify(7, ORDER)).hasMessage("there is no shard 7, only 0 to 0");
    }

    @Test
    void whatWaitsIsRefusedWhenTheServerStops() {
        snapshots.stop();
        assertThatThrownBy(() -> await(keeper.readAt(0, LogPoint.END, LedgerState.class, state -> 1)))
                .hasMessageContaining("the server stops");
    }

    private void pay(int times) throws Exception {
        for (int index = 0; index < times; index++) {
            submit(new PostTransfer(UUID.randomUUID(), bank, alice, 1, ""));
        }
    }

    private void submit(Command command) throws Exception {
        assertThat(await(engine.submit(command, UUID.randomUUID()))).isInstanceOf(Outcome.Accepted.class);
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** Takes a frame every other time it is asked. */
    private static final class Slow implements ReplayTarget {
        private long first = -1;
        private long next;
        private int refusals;
        private boolean willing;

        @Override
        public int room() {
            willing = !willing;
            refusals += willing ? 0 : 1;
            return willing ? 1 : 0;
        }

        @Override
        public void take(List<ReplayedFrame> frames) {
            for (ReplayedFrame frame : frames) {
                for (var executed : frame.executed()) {
                    first = first < 0 ? executed.firstOffset() : first;
                    next = executed.nextOffset();
                }
            }
        }
    }

    private static final class NoCheckpoints implements ReplayCheckpoints {
        private Optional<LogPosition> saved = Optional.empty();

        @Override
        public Optional<LogPosition> load() {
            return saved;
        }

        @Override
        public void save(LogPosition position) {
            saved = Optional.of(position);
        }
    }
}
