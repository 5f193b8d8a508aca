package io.mainstay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.broker.LocalBroker;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.CommandGroup.Attempt;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.Reply;
import io.mainstay.core.gateway.ShardOperations.Order;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.gateway.ShardStatus.Phase;
import io.mainstay.core.gateway.Stage;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.PayloadEncoding;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.route.Directory;
import io.mainstay.core.route.ShardRouter;
import io.mainstay.core.saga.SagaDomain;
import io.mainstay.core.saga.SagaState;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.domain.ledger.ConfirmTransfer;
import io.mainstay.domain.ledger.FreezeAccount;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.ReserveTransfer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on a real broker, without a server around it. */
final class EngineTest {
    private static final int SHARDS = 4;
    private static final SnapshotSchedule SNAPSHOTS = new SnapshotSchedule(Duration.ofDays(1), 1_000_000);
    private static final Domains DOMAINS = new Domains(List.of(new LedgerDomain(), new SagaDomain()));
    private static final EngineConfig CONFIG = new EngineConfig(
            SHARDS, 16_384, Duration.ofSeconds(5), Duration.ofSeconds(10), SNAPSHOTS, ShardConfig.DEFAULT);

    private static final Order ORDER = new Order("ada", "disk exchange");

    @TempDir
    private Path directory;

    private LocalBroker broker;
    private Engine engine;

    @BeforeEach
    void start() throws Exception {
        broker = LocalBroker.start(directory, SHARDS);
        engine = startEngine();
    }

    @AfterEach
    void stop() throws Exception {
        engine.stop();
        broker.close();
    }

    @Test
    void executesOverARestartOfEngineAndBroker() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID alice = open("main", 0);
        UUID key = UUID.randomUUID();
        PostTransfer post = new PostTransfer(UUID.randomUUID(), bank, alice, 10, "");
        Outcome first = await(engine.submit(post, key));
        for (int index = 0; index < 999; index++) {
            await(engine.submit(new PostTransfer(UUID.randomUUID(), bank, alice, 1, ""), UUID.randomUUID()));
        }
        engine.stop();
        broker.close();
        broker = LocalBroker.start(directory, SHARDS);
        engine = startEngine();

        assertThat(balance(alice)).isEqualTo(1009);
        assertThat(balance(bank)).isEqualTo(-1009);
        assertThat(await(engine.submit(post, key))).isInstanceOfSatisfying(Outcome.Accepted.class, again -> {
            assertThat(again.repeated()).isTrue();
            assertThat(again.events()).isEqualTo(((Outcome.Accepted) first).events());
        });
        assertThat(balance(alice)).isEqualTo(1009);
    }

    @Test
    void manyCommandsAtOnceShareAppends() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID alice = open("main", 0);
        List<CompletionStage<Outcome>> answers = new ArrayList<>();
        for (int index = 0; index < 10_000; index++) {
            answers.add(engine.submit(new PostTransfer(UUID.randomUUID(), bank, alice, 1, ""), UUID.randomUUID()));
        }
        for (CompletionStage<Outcome> answer : answers) {
            assertThat(await(answer)).isInstanceOf(Outcome.Accepted.class);
        }
        assertThat(balance(alice)).isEqualTo(10_000);
    }

    @Test
    void aGroupIsDoneAsAWholeAndOnceOverARestart() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID shop = UUID.randomUUID();
        UUID key = UUID.randomUUID();
        CommandGroup group = new CommandGroup(List.of(
                new Do(new OpenAccount(shop, "main", "EUR", 0)),
                new Do(new PostTransfer(UUID.randomUUID(), bank, shop, 100, "")),
                new Attempt(List.of(new Do(new PostTransfer(UUID.randomUUID(), shop, bank, 500, ""))))));
        assertThat(await(engine.submit(group, key)))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.skipped())
                                .singleElement()
                                .extracting(skipped -> skipped.rejection().code())
                                .isEqualTo("funds-insufficient"));
        assertThat(balance(shop)).isEqualTo(100);
        UUID second = UUID.randomUUID();
        CommandGroup refused = new CommandGroup(List.of(
                new Do(new OpenAccount(second, "main", "EUR", 0)),
                new Do(new PostTransfer(UUID.randomUUID(), second, bank, 1, ""))));
        assertThat(await(engine.submit(refused, UUID.randomUUID()))).isInstanceOf(Outcome.Rejected.class);
        assertThat(await(engine.read(second, LedgerState.class, state -> 1))).isEmpty();
        engine.stop();
        engine = startEngine();
        assertThat(isRepeated(await(engine.submit(group, key)))).isTrue();
        assertThat(balance(shop)).isEqualTo(100);
        assertThat(await(engine.submit(
                        new CommandGroup(List.of(
                                new Do(new OpenAccount(UUID.randomUUID(), "a", "EUR", 0)),
                                new Do(new PostTransfer(UUID.randomUUID(), bank, shop, 1, "")))),
                        UUID.randomUUID())))
                .isEqualTo(new Outcome.CrossShard());
    }

    @Test
    void stepsAndHooksOfUsersAreFound() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID alice = open("main", 0);
        long before = CountsForbiddenTransfers.DENIED.get();
        PostTransfer forbidden = new PostTransfer(UUID.randomUUID(), bank, alice, 10, "forbidden");

        assertThat(await(engine.submit(forbidden, UUID.randomUUID())))
                .isInstanceOfSatisfying(Outcome.Denied.class, denied -> {
                    assertThat(denied.stage()).isEqualTo(Stage.AUTHORIZATION);
                    assertThat(denied.rejection().code()).isEqualTo("forbidden");
                });
        assertThat(await(engine.submit(new CommandGroup(List.of(new Do(forbidden))), UUID.randomUUID())))
                .isInstanceOf(Outcome.Denied.class);
        assertThat(balance(alice)).isZero();
        assertThat(CountsForbiddenTransfers.DENIED.get()).isEqualTo(before + 1);
    }

    @Test
    void anotherVersionThanTheExpectedOneIsRefused() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID alice = open("main", 0);
        CommandRequest request =
                CommandRequest.of(new PostTransfer(UUID.randomUUID(), bank, alice, 10, ""), UUID.randomUUID());
        assertThat(await(engine.submit(request.expecting(7))))
                .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                    assertThat(rejected.rejection().code()).isEqualTo("version-mismatch");
                    assertThat(rejected.version()).isEqualTo(1);
                });
        CommandRequest right =
                CommandRequest.of(new PostTransfer(UUID.randomUUID(), bank, alice, 10, ""), UUID.randomUUID());
        assertThat(await(engine.submit(right.expecting(1)))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aTransferBetweenShardsIsAnsweredWhenBothHaveDoneIt() throws Exception {
        UUID main = open("main", OpenAccount.UNLIMITED);
        UUID other = open("a", OpenAccount.UNLIMITED);
        UUID key = UUID.randomUUID();
        PostTransfer transfer = new PostTransfer(UUID.randomUUID(), main, other, 7, "");
        CompletableFuture<Outcome.Begun> begun = new CompletableFuture<>();
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        engine.submit(CommandRequest.of(transfer, key), new Reply() {
            @Override
            public void accept(Outcome outcome) {
                ended.complete(outcome);
            }

            @Override
            public void begun(Outcome.Begun first) {
                begun.complete(first);
            }
        });
        Outcome.Accepted accepted = (Outcome.Accepted) await(ended);
        assertThat(begun).isCompletedWithValueMatching(first -> first.accepted().equals(accepted));
        assertThat(balance(main)).isEqualTo(-7);
        assertThat(balance(other)).isEqualTo(7);
        assertThat(await(engine.submit(transfer, key)))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        again -> assertThat(again.repeated()).isTrue());
        assertThat(await(engine.readAll(SagaState.class, SagaState::size)))
                .hasSize(SHARDS)
                .allSatisfy(reading -> assertThat(reading.value()).isZero());
    }

    @Test
    void aTransferBetweenShardsThatTheOtherOneRefusesComesBack() throws Exception {
        UUID main = open("main", OpenAccount.UNLIMITED);
        UUID other = open("a", 0);
        await(engine.submit(new FreezeAccount("", other, "the test wants it"), UUID.randomUUID()));
        assertThat(await(engine.submit(new PostTransfer(UUID.randomUUID(), main, other, 7, ""), UUID.randomUUID())))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().code()).isEqualTo("account-frozen"));
        assertThat(balance(main)).isZero();
        assertThat(balance(other)).isZero();
    }

    @Test
    void aReservationIsFoundByItsId() throws Exception {
        UUID main = open("main", OpenAccount.UNLIMITED);
        UUID other = open("a", OpenAccount.UNLIMITED);
        for (UUID payee : List.of(other, open("main", 0))) {
            UUID transfer = UUID.randomUUID();
            await(engine.submit(new ReserveTransfer("", transfer, main, payee, 7, "", 60_000_000), UUID.randomUUID()));
            assertThat(await(engine.submit(new ConfirmTransfer("", transfer, 5), UUID.randomUUID())))
                    .isInstanceOf(Outcome.Accepted.class);
            assertThat(balance(payee)).isEqualTo(5);
        }
        assertThat(await(engine.submit(new ConfirmTransfer("", UUID.randomUUID(), 5), UUID.randomUUID())))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().code()).isEqualTo("transfer-unknown"));
    }

    @Test
    void aKeyBelongsToTheShardThatExecutesTheCommand() throws Exception {
        UUID key = UUID.randomUUID();
        OpenAccount first = new OpenAccount(UUID.randomUUID(), "main", "EUR", 0);
        OpenAccount elsewhere = new OpenAccount(UUID.randomUUID(), "a", "EUR", 0);
        assertThat(isRepeated(await(engine.submit(first, key)))).isFalse();
        assertThat(isRepeated(await(engine.submit(elsewhere, key)))).isFalse();
        assertThat(isRepeated(await(engine.submit(first, key)))).isTrue();
        assertThat(isRepeated(await(engine.submit(elsewhere, key)))).isTrue();
        assertThat(await(engine.submit(new OpenAccount(UUID.randomUUID(), "main", "EUR", 0), key)))
                .isInstanceOf(Outcome.KeyReused.class);
    }

    @Test
    void anAccountIsOpenInOneLedgerOnly() throws Exception {
        UUID id = UUID.randomUUID();
        assertThat(await(engine.submit(new OpenAccount(id, "main", "EUR", 0), UUID.randomUUID())))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(await(engine.submit(new OpenAccount(id, "a", "EUR", 0), UUID.randomUUID())))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().code()).isEqualTo("account-exists"));
    }

    @Test
    void comesBackByItselfWhenTheBrokerDoes() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID alice = open("main", 0);
        broker.close();
        UUID key = UUID.randomUUID();
        PostTransfer post = new PostTransfer(UUID.randomUUID(), bank, alice, 10, "");
        assertThat(await(engine.submit(post, key))).isInstanceOfAny(Outcome.Unknown.class, Outcome.Unavailable.class);
        broker = LocalBroker.start(directory, SHARDS);
        awaitServing(engine);
        assertThat(await(engine.submit(post, key))).isInstanceOf(Outcome.Accepted.class);
        assertThat(balance(alice)).isEqualTo(10);
    }

    @Test
    void aStoppedEngineRefuses() throws Exception {
        engine.stop();
        assertThat(engine.status()).extracting(ShardStatus::phase).containsOnly(Phase.STOPPED);
        assertThat(await(engine.submit(new OpenAccount(UUID.randomUUID(), "main", "EUR", 0), UUID.randomUUID())))
                .isInstanceOf(Outcome.Unavailable.class);
    }

    @Test
    void snapshotsShortenTheLogAndRecoveryNeedsNoMore() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID alice = open("main", 0);
        int shard = engine.status().stream()
                .filter(status -> status.nextOffset() > 0)
                .findFirst()
                .orElseThrow()
                .shard();
        SnapshotKeeper keeper = new SnapshotKeeper(CONFIG, DOMAINS, engine::status, this::files, this::retained);
        UUID key = UUID.randomUUID();
        PostTransfer first = new PostTransfer(UUID.randomUUID(), bank, alice, 1, "");
        await(engine.submit(first, key));
        for (int round = 0; round < 3; round++) {
            for (int index = 0; index < 100; index++) {
                await(engine.submit(new PostTransfer(UUID.randomUUID(), bank, alice, 1, ""), UUID.randomUUID()));
            }
            keeper.keep(shard);
        }
        List<LogFrame> kept = new ArrayList<>();
        retained(shard).read(frame -> kept.add(LogFrame.parse(frame)));
        List<LogFrame> archived = new ArrayList<>();
        files(shard).archive().read(0, (frame, place) -> archived.add(LogFrame.parse(frame)));
        assertThat(files(shard).snapshots().list()).hasSize(2);
        assertThat(kept.get(0).header().sequence())
                .as("the log begins at the older snapshot")
                .isEqualTo(files(shard).snapshots().list().get(1).sequence())
                .isEqualTo(archived.size());
        assertThat(archived.get(0).header().sequence()).isZero();

        engine.stop();
        broker.close();
        broker = LocalBroker.start(directory, SHARDS);
        engine = startEngine();

        assertThat(balance(alice)).isEqualTo(301);
        assertThat(engine.status().get(shard).replayed()).isLessThan(10);
        assertThat(await(engine.submit(first, key))).isInstanceOfSatisfying(Outcome.Accepted.class, again -> {
            assertThat(again.repeated()).isTrue();
        });
    }

    @Test
    void aLogAndSnapshotsOfMixedFormatsAreReadWhateverIsSet() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID alice = open("main", 0);
        int shard = new ShardRouter(SHARDS, new Directory()).shardOf("main");
        engine.stop();
        ShardConfig forPeople =
                ShardConfig.DEFAULT.with(new ShardConfig.Formats(PayloadEncoding.of("json", "zstd", 3), "json"));
        EngineConfig config =
                new EngineConfig(SHARDS, 16_384, Duration.ofSeconds(5), Duration.ofSeconds(10), SNAPSHOTS, forPeople);
        engine = startEngine(config);
        for (int index = 0; index < 20; index++) {
            await(engine.submit(new PostTransfer(UUID.randomUUID(), bank, alice, 1, ""), UUID.randomUUID()));
        }
        new SnapshotKeeper(config, DOMAINS, engine::status, this::files, this::retained).keep(shard);
        await(engine.submit(new PostTransfer(UUID.randomUUID(), bank, alice, 1, ""), UUID.randomUUID()));
        engine.stop();
        List<Integer> serializers = new ArrayList<>();
        retained(shard)
                .read(frame -> serializers.add(LogFrame.parse(frame).header().serializer()));
        assertThat(serializers).contains(0, 1);

        engine = startEngine();
        assertThat(balance(alice)).isEqualTo(21);
        assertThat(engine.status().get(shard).replayed()).isLessThan(20);
    }

    @Test
    void saysUnavailableAndNotUnknownWhileAShardRecovers() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID alice = open("main", 0);
        PostTransfer post = new PostTransfer(UUID.randomUUID(), bank, alice, 10, "");
        engine.stop();
        CountDownLatch mayRecover = new CountDownLatch(1);
        int held = new ShardRouter(SHARDS, new Directory()).shardOf("main");
        engine = new Engine(
                CONFIG,
                DOMAINS,
                (shard, wakeUp) -> {
                    if (shard == held) {
                        awaitLatch(mayRecover);
                    }
                    return new ArtemisWriteAheadLog(broker.connections(), shard, CONFIG, wakeUp);
                },
                shard -> files(shard).snapshots(),
                () -> System.currentTimeMillis() * 1000,
                command -> outcome -> {});
        engine.start(Thread::new);
        awaitPhases(engine, SHARDS - 1);

        UUID key = UUID.randomUUID();
        assertThat(await(engine.submit(post, key))).isInstanceOf(Outcome.Unavailable.class);
        assertThat(await(engine.submit(new OpenAccount(alice, "a", "EUR", 0), UUID.randomUUID())))
                .isInstanceOf(Outcome.Unavailable.class);
        assertThatThrownBy(() -> balance(alice)).hasMessageContaining("has not recovered yet");

        mayRecover.countDown();
        awaitServing(engine);
        assertThat(await(engine.submit(post, key))).isInstanceOf(Outcome.Accepted.class);
        assertThat(balance(alice)).isEqualTo(10);
        assertThat(await(engine.read(UUID.randomUUID(), LedgerState.class, state -> 1)))
                .isEmpty();
    }

    @Test
    void aPausedShardAnswersReadsAndTakesNoCommandsUntilItIsResumed() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID alice = open("main", 0);
        int shard = new ShardRouter(SHARDS, new Directory()).shardOf("main");
        PostTransfer post = new PostTransfer(UUID.randomUUID(), bank, alice, 10, "");
        engine.pause(shard, ORDER);
        assertThat(await(engine.submit(post, UUID.randomUUID())))
                .isEqualTo(new Outcome.Unavailable(shard, "PAUSED: disk exchange, by ada", 1000));
        assertThat(balance(alice)).isZero();
        assertThat(engine.status().get(shard).phase()).isEqualTo(Phase.PAUSED);
        assertThat(engine.status().get(shard).detail()).isEqualTo("disk exchange, by ada");
        open("a", 0);
        assertThatThrownBy(() -> engine.pause(shard, ORDER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("shard " + shard + " is PAUSED (disk exchange, by ada) and cannot be paused");
        engine.resume(shard, ORDER);
        assertThat(await(engine.submit(post, UUID.randomUUID()))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aShardIsDrainedWhenEveryOutcomeIsInItsLog() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID alice = open("main", 0);
        int shard = new ShardRouter(SHARDS, new Directory()).shardOf("main");
        List<CompletionStage<Outcome>> taken = new ArrayList<>();
        for (int index = 0; index < 5_000; index++) {
            taken.add(engine.submit(new PostTransfer(UUID.randomUUID(), bank, alice, 1, ""), UUID.randomUUID()));
        }
        engine.drain(shard, ORDER);
        PostTransfer late = new PostTransfer(UUID.randomUUID(), bank, alice, 1, "");
        assertThat(await(engine.submit(late, UUID.randomUUID()))).isInstanceOf(Outcome.Unavailable.class);
        for (CompletionStage<Outcome> answer : taken) {
            assertThat(await(answer)).isInstanceOf(Outcome.Accepted.class);
        }
        awaitPhase(shard, Phase.DRAINED);
        assertThatThrownBy(() -> balance(alice)).hasMessageContaining("DRAINED: disk exchange, by ada");
        List<LogFrame> frames = new ArrayList<>();
        retained(shard).read(frame -> frames.add(LogFrame.parse(frame)));
        LogFrame last = frames.get(frames.size() - 1);
        assertThat(last.executedBefore()).isEqualTo(last.header().firstOffset()).isEqualTo(5_002);
        assertThat(last.entries()).isEmpty();
        engine.resume(shard, ORDER);
        assertThat(balance(alice)).isEqualTo(5_000);
    }

    @Test
    void ordersThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> engine.pause(SHARDS, ORDER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no shard 4, only 0 to 3");
        engine.stop();
        assertThatThrownBy(() -> engine.drain(0, ORDER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("shard 0 is STOPPED, only a shard that serves takes this order");
    }

    @Test
    void theStatusTellsOfTheLastSyncTheReplayAndTheSnapshot() throws Exception {
        open("main", OpenAccount.UNLIMITED);
        int shard = new ShardRouter(SHARDS, new Directory()).shardOf("main");
        ShardStatus status = engine.status().get(shard);
        assertThat(status.lastSync())
                .hasValueSatisfying(sync -> assertThat(sync.durationMicros()).isBetween(1L, 20_000_000L));
        assertThat(status.lastSnapshot()).isEmpty();
        assertThat(status.mailboxDepth()).isZero();
        new SnapshotKeeper(
                        CONFIG,
                        DOMAINS,
                        engine::status,
                        number -> files(number)
                                .with(engine.noted(number, files(number).snapshots())),
                        this::retained)
                .keep(shard);
        assertThat(engine.status().get(shard).lastSnapshot())
                .hasValueSatisfying(snapshot -> assertThat(snapshot.offset()).isOne());
        engine.stop();
        engine = startEngine();
        ShardStatus again = engine.status().get(shard);
        assertThat(again.lastSnapshot())
                .hasValueSatisfying(snapshot -> assertThat(snapshot.offset()).isOne());
        assertThat(again.replay().durationMicros()).isPositive();
    }

    @Test
    void theStatusIsNeverBehindAnAnswer() throws Exception {
        UUID bank = open("main", OpenAccount.UNLIMITED);
        UUID alice = open("main", 0);
        for (int index = 0; index < 300; index++) {
            Outcome.Accepted answer = (Outcome.Accepted)
                    await(engine.submit(new PostTransfer(UUID.randomUUID(), bank, alice, 1, ""), UUID.randomUUID()));
            assertThat(engine.status().get(answer.shard()).nextOffset()).isGreaterThan(answer.offset());
        }
    }

    private void awaitPhase(int shard, Phase phase) {
        long untilNanos = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (engine.status().get(shard).phase() != phase) {
            assertThat(System.nanoTime())
                    .as("%s in time: %s", phase, engine.status())
                    .isLessThan(untilNanos);
            Thread.onSpinWait();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ShardFiles files(int shard) {
        return ShardFiles.in(directory, shard);
    }

    private RetainedLog retained(int shard) {
        return new ArtemisRetainedLog(broker::connections, shard);
    }

    private Engine startEngine() throws InterruptedException {
        return startEngine(CONFIG);
    }

    private Engine startEngine(EngineConfig config) throws InterruptedException {
        Engine fresh = new Engine(
                config,
                DOMAINS,
                (shard, wakeUp) -> new ArtemisWriteAheadLog(broker.connections(), shard, config, wakeUp),
                shard -> files(shard).snapshots(),
                () -> System.currentTimeMillis() * 1000,
                command -> outcome -> {});
        fresh.start(Thread::new);
        awaitServing(fresh);
        return fresh;
    }

    private static void awaitServing(Engine engine) throws InterruptedException {
        awaitPhases(engine, SHARDS);
    }

    private static void awaitPhases(Engine engine, int serving) {
        long untilNanos = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (engine.status().stream()
                        .filter(shard -> shard.phase() == Phase.SERVING)
                        .count()
                < serving) {
            assertThat(System.nanoTime())
                    .as("serving in time: %s", engine.status())
                    .isLessThan(untilNanos);
            Thread.onSpinWait();
        }
    }

    private static boolean isRepeated(Outcome outcome) {
        return ((Outcome.Accepted) outcome).repeated();
    }

    private UUID open(String ledger, long minBalanceMinor) throws Exception {
        UUID id = UUID.randomUUID();
        assertThat(await(engine.submit(new OpenAccount(id, ledger, "EUR", minBalanceMinor), UUID.randomUUID())))
                .isInstanceOf(Outcome.Accepted.class);
        return id;
    }

    private long balance(UUID id) throws Exception {
        Optional<Reading<Long>> reading = await(engine.read(
                id,
                LedgerState.class,
                state -> state.account(id).map(AccountView::balanceMinor).orElseThrow()));
        return reading.orElseThrow().value();
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
