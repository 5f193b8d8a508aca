package io.mainstay.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.InMemoryLog;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.route.Directory;
import io.mainstay.core.shard.CounterDomain.Add;
import io.mainstay.core.shard.CounterDomain.Added;
import io.mainstay.core.shard.CounterDomain.Sum;
import io.mainstay.core.snapshot.InMemorySnapshots;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ShardTest {
    private static final ShardConfig CONFIG = new ShardConfig(
            new ShardConfig.BatchLimits(100, 64 * 1024, 3, 1), new ShardConfig.KeyLimits(1000, 1_000_000));

    private final InMemoryLog log = new InMemoryLog();
    private final InMemorySnapshots snapshots = new InMemorySnapshots();
    private final Directory aggregates = new Directory();
    private Queue<Submission> mailbox = new ArrayDeque<>();
    private long nowMicros = 1000;
    private Recovery recovery = new Recovery(Optional.empty(), 0, 0, List.of());
    private Shard shard = recovered(CONFIG, 1);

    @Test
    void answersOnlyAfterTheBatchIsDurable() {
        log.holdAppends();
        List<Outcome> answers = submit(key(1), 5);
        pollAll();
        assertThat(answers).isEmpty();
        assertThat(sum()).isZero();

        log.syncNext();
        pollAll();

        assertThat(answers).containsExactly(new Outcome.Accepted(0, 0, 1000, 1, List.of(new Added(5, 5)), false));
        assertThat(sum()).isEqualTo(5);
    }

    @Test
    void formsBatchesWhileAppendsAreInFlight() {
        log.holdAppends();
        for (int index = 0; index < CONFIG.batches().inFlightMax(); index++) {
            submit(key(index), 1);
            shard.poll();
        }
        for (int index = 10; index < 60; index++) {
            submit(key(index), 1);
        }
        pollAll();
        assertThat(log.pendingCount()).isEqualTo(CONFIG.batches().inFlightMax());

        log.syncNext();
        pollAll();

        assertThat(shard.inFlightCount()).isEqualTo(CONFIG.batches().inFlightMax());
        log.syncAtOnce();
        pollAll();
        assertThat(sum()).isEqualTo(CONFIG.batches().inFlightMax() + 50);
        assertThat(log.frames().stream()
                        .mapToInt(frame -> LogFrame.parse(frame).entries().size())
                        .max())
                .hasValue(50);
    }

    @Test
    void behindAFrameInFlightAnotherIsBegunOnlyWhenItIsWorthIt() {
        shard = recovered(withPipelineCountMin(10), 1);
        pollAll();
        log.holdAppends();
        submit(key(1), 1);
        pollAll();
        for (int index = 2; index < 11; index++) {
            submit(key(index), 1);
        }
        pollAll();
        assertThat(log.pendingCount()).isOne();
        assertThat(mailbox).isEmpty();
        submit(key(11), 1);
        pollAll();
        assertThat(log.pendingCount()).isEqualTo(2);
        submit(key(12), 1);
        pollAll();
        assertThat(log.pendingCount()).isEqualTo(2);
        log.syncAtOnce();
        pollAll();
        assertThat(sum()).isEqualTo(12);
    }

    @Test
    void readersDoNotWaitForWhatIsInFlight() {
        shard = recovered(withPipelineCountMin(10), 1);
        decide(key(1), 5);
        log.holdAppends();
        submit(key(2), 7);
        submit(key(3), 7);
        pollAll();
        assertThat(log.pendingCount()).isOne();
        assertThat(sum()).isEqualTo(5);
    }

    @Test
    void whatWasTakenAndNotAppendedHasNotHappened() {
        shard = recovered(withPipelineCountMin(10), 1);
        pollAll();
        log.holdAppends();
        List<Outcome> inFlight = submit(key(1), 1);
        pollAll();
        List<Outcome> taken = submit(key(2), 2);
        pollAll();
        assertThat(shard.isIdle()).isFalse();
        shard.abandon("log failed");
        assertThat(inFlight).containsExactly(new Outcome.Unknown(0, "log failed"));
        assertThat(taken).containsExactly(new Outcome.Unavailable(0, "log failed", 1000));
    }

    @Test
    void refusalsAreAnsweredAndLogged() {
        assertThat(decide(key(1), -1)).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.rejection().code()).isEqualTo("negative");
            assertThat(rejected.offset()).isZero();
        });
        restart();
        assertThat(decide(key(1), -1)).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.repeated()).isTrue();
        });
    }

    @Test
    void aDomainThatThrowsRefusesTheCommandAndServesOn() {
        assertThat(decide(key(1), 13)).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.rejection().code()).isEqualTo("domain-failed");
        });
        assertThat(decide(key(2), 1)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aKeyIsExecutedOnceAndAnsweredAgain() {
        Outcome first = decide(key(1), 5);
        Outcome second = decide(key(1), 5);
        assertThat(first).isEqualTo(new Outcome.Accepted(0, 0, 1000, 1, List.of(new Added(5, 5)), false));
        assertThat(second).isEqualTo(new Outcome.Accepted(0, 0, 1000, 1, List.of(new Added(5, 5)), true));
        assertThat(sum()).isEqualTo(5);
    }

    @Test
    void aKeyIsExecutedOnceOverARestart() {
        decide(key(1), 5);
        restart();
        assertThat(decide(key(1), 5)).isEqualTo(new Outcome.Accepted(0, 0, 1000, 1, List.of(new Added(5, 5)), true));
        assertThat(sum()).isEqualTo(5);
    }

    @Test
    void aKeyIsExecutedOnceInTheMiddleOfABatch() {
        List<Outcome> answers = new ArrayList<>();
        answers.addAll(List.of());
        mailbox.add(submission(key(1), 5, answers));
        mailbox.add(submission(key(1), 5, answers));
        mailbox.add(submission(key(1), 6, answers));
        pollAll();
        assertThat(answers)
                .containsExactly(
                        new Outcome.Accepted(0, 0, 1000, 1, List.of(new Added(5, 5)), false),
                        new Outcome.Accepted(0, 0, 1000, 1, List.of(new Added(5, 5)), true),
                        new Outcome.KeyReused(0, 0));
        restart();
        assertThat(sum()).isEqualTo(5);
        assertThat(shard.executedBefore()).isEqualTo(3);
    }

    @Test
    void aHastyRepetitionCostsNoEntryOfTheLog() {
        decide(key(1), 5);
        log.holdAppends();
        List<Outcome> again = submit(key(1), 5);
        List<Outcome> reused = submit(key(1), 6);
        pollAll();
        assertThat(isRepeated(again.get(0))).isTrue();
        assertThat(reused).containsExactly(new Outcome.KeyReused(0, 0));
        assertThat(shard.executedBefore()).isOne();
        log.syncAtOnce();
        restart();
        assertThat(isRepeated(decide(key(1), 5))).isTrue();
        assertThat(shard.executedBefore()).isEqualTo(2);
    }

    @Test
    void aKeyWithAnotherRequestIsRefused() {
        decide(key(1), 5);
        assertThat(decide(key(1), 6)).isEqualTo(new Outcome.KeyReused(0, 0));
        assertThat(sum()).isEqualTo(5);
    }

    @Test
    void forgetsKeysThatAreTooManyOrTooOldTheSameAfterARestart() {
        ShardConfig three = new ShardConfig(
                new ShardConfig.BatchLimits(100, 64 * 1024, 3, ShardConfig.BatchLimits.DEFAULT.pipelineCountMin()),
                new ShardConfig.KeyLimits(3, 1_000_000));
        shard = recovered(three, 1);
        for (int index = 0; index < 5; index++) {
            decide(key(index), 1);
        }
        assertThat(isRepeated(decide(key(2), 1))).isTrue();
        assertThat(isRepeated(decide(key(1), 1))).isFalse();
        nowMicros += 2_000_000;
        decide(key(9), 1);
        shard = recovered(three, 1);
        assertThat(isRepeated(decide(key(9), 1))).isTrue();
        assertThat(isRepeated(decide(key(4), 1))).isFalse();
    }

    @Test
    void whatWasNotSyncedIsGoneAndWasNotAnswered() {
        decide(key(1), 5);
        log.holdAppends();
        List<Outcome> answers = submit(key(2), 7);
        pollAll();
        log.crash();
        log.syncAtOnce();
        restart();
        assertThat(answers).isEmpty();
        assertThat(sum()).isEqualTo(5);
    }

    @Test
    void decidesTheTailAgainWhoseOutcomesWereNotWritten() {
        log.holdAppends();
        List<Outcome> answers = submit(key(1), 5);
        pollAll();
        log.syncNext();
        shard.poll();
        assertThat(answers).hasSize(1);
        log.crash();
        log.syncAtOnce();

        restart();

        assertThat(sum()).isEqualTo(5);
        assertThat(decide(key(1), 5)).isEqualTo(new Outcome.Accepted(0, 0, 1000, 1, List.of(new Added(5, 5)), true));
    }

    @Test
    void refusesATailOfAnotherDomainVersion() {
        log.holdAppends();
        submit(key(1), 5);
        pollAll();
        log.syncNext();
        log.crash();
        log.syncAtOnce();
        assertThatThrownBy(() -> recovered(CONFIG, 2))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("offset 0")
                .hasMessageContaining("version 1 of domain 9, installed is 2");
        restart();
        assertThat(recovered(CONFIG, 2).executedBefore()).isEqualTo(1);
    }

    @Test
    void anAppendThatFailsStopsTheShardAndTheFramesBehindItAreNotHistory() {
        decide(key(1), 1);
        log.holdAppends();
        List<Outcome> lost = submit(key(2), 2);
        shard.poll();
        List<Outcome> orphan = submit(key(3), 3);
        shard.poll();
        log.failNext();
        log.syncNext();
        assertThatThrownBy(shard::poll).hasMessageContaining("append at offset 1 failed");
        shard.abandon("log failed");
        assertThat(lost).containsExactly(new Outcome.Unknown(0, "log failed"));
        assertThat(orphan).containsExactly(new Outcome.Unknown(0, "log failed"));

        log.syncAtOnce();
        restart();
        assertThat(sum()).isEqualTo(1);
        assertThat(decide(key(3), 3)).isInstanceOf(Outcome.Accepted.class);
        restart();
        assertThat(sum()).isEqualTo(4);
    }

    @Test
    void aMissingFrameThatWasAnsweredStopsTheShard() {
        decide(key(1), 1);
        decide(key(2), 2);
        decide(key(3), 3);
        log.frames().remove(1);
        assertThatThrownBy(this::restart)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("log damaged at offset 0");
    }

    @Test
    void aFlippedBitStopsTheShardAndNamesTheOffset() {
        decide(key(1), 1);
        decide(key(2), 2);
        byte[] frame = log.frames().get(log.frames().size() - 1);
        frame[frame.length / 2] ^= 4;
        assertThatThrownBy(this::restart)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("log damaged at offset 2")
                .hasMessageContaining("checksum");
    }

    @Test
    void aLastFrameThatIsCutShortStopsTheShardAndNamesTheOffset() {
        decide(key(1), 1);
        decide(key(2), 2);
        int last = log.frames().size() - 1;
        byte[] frame = log.frames().get(last);
        log.frames().set(last, Arrays.copyOf(frame, frame.length / 2));
        assertThatThrownBy(this::restart)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("log damaged at offset 2, frame " + last);
    }

    @Test
    void damageBeforeTheTailStopsTheShardAndNamesTheOffset() {
        decide(key(1), 1);
        decide(key(2), 2);
        byte[] frame = log.frames().get(1);
        frame[frame.length - 1] ^= 1;
        assertThatThrownBy(this::restart)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("log damaged at offset 0, frame 1");
    }

    @Test
    void aTruncatedLogWithoutItsSnapshotIsDamageEvenIfWhatIsLeftTellsNothing() {
        decide(key(1), 1);
        SnapshotId only = takeSnapshot();
        log.retained().truncate(only.sequence(), frame -> {}, () -> {});
        restart();
        snapshots.damage(only);
        assertThatThrownBy(this::restart)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("were answered and are missing");
    }

    @Test
    void aTailOfAnotherDomainVersionIsDecidedWhereItIsAllowedByName() {
        log.holdAppends();
        submit(key(1), 5);
        pollAll();
        log.syncNext();
        log.crash();
        log.syncAtOnce();
        assertThatThrownBy(() -> recovered(CONFIG.withTailsAllowed(Set.of("counter@3")), 2))
                .hasMessageContaining("allow the tail counter@1");
        shard = recovered(CONFIG.withTailsAllowed(Set.of("counter@1")), 2);
        assertThat(sum()).isEqualTo(5);
    }

    @Test
    void anotherVersionThanTheExpectedOneIsRefusedWithTheCurrentOne() {
        decide(key(1), 5);
        List<Outcome> answers = new ArrayList<>();
        mailbox.add(submission(key(2), 7, 0, answers));
        mailbox.add(submission(key(3), 7, 1, answers));
        mailbox.add(submission(key(2), 7, 0, answers));
        pollAll();
        assertThat(answers.get(0)).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.rejection().kind()).isEqualTo(Rejection.Kind.CONFLICT);
            assertThat(rejected.rejection().code()).isEqualTo("version-mismatch");
            assertThat(rejected.version()).isEqualTo(1);
        });
        assertThat(answers.get(1)).isInstanceOf(Outcome.Accepted.class);
        assertThat(answers.get(2))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.repeated()).isTrue());
        restart();
        assertThat(sum()).isEqualTo(12);
        mailbox.add(submission(key(2), 7, 2, answers));
        pollAll();
        assertThat(answers.get(3)).isInstanceOf(Outcome.KeyReused.class);
    }

    @Test
    void anAggregateThatIsNotHeldIsNotAnnounced() {
        UUID elsewhere = new UUID(0, 77);
        aggregates.know(elsewhere, 0);
        decide(key(1), 1);
        restart();
        assertThat(aggregates.find(elsewhere)).isEmpty();
        assertThat(aggregates.find(CounterDomain.COUNTER)).hasValue(0);
    }

    @Test
    void aShardThatCannotReadItsLogTellsOfNoAggregates() {
        decide(key(1), 1);
        takeSnapshot();
        decide(key(2), 2);
        byte[] frame = log.frames().get(log.frames().size() - 1);
        frame[frame.length / 2] ^= 4;
        assertThatThrownBy(this::restart).isInstanceOf(EngineException.class);
        assertThat(aggregates.find(CounterDomain.COUNTER)).isEmpty();
        frame[frame.length / 2] ^= 4;
        restart();
        assertThat(aggregates.find(CounterDomain.COUNTER)).hasValue(0);
    }

    @Test
    void aBugInTheMiddleOfABatchLetsNobodyBeAnsweredTwice() {
        List<Outcome> first = submit(key(1), 1);
        List<Outcome> broken = submit(key(2), 17);
        List<Outcome> last = submit(key(3), 3);
        assertThatThrownBy(this::pollAll).hasMessageContaining("could not apply");
        shard.abandon("a bug");
        assertThat(first).singleElement().isInstanceOf(Outcome.Accepted.class);
        assertThat(broken).containsExactly(new Outcome.Unknown(0, "a bug"));
        assertThat(last).containsExactly(new Outcome.Unknown(0, "a bug"));
    }

    @Test
    void everyOwnerBeginsANewEpoch() {
        assertThat(shard.epoch()).isEqualTo(1);
        restart();
        assertThat(shard.epoch()).isEqualTo(2);
    }

    @Test
    void readersSeeWhatWasAnswered() {
        decide(key(1), 5);
        long[] seen = new long[2];
        mailbox.add(new Submission.ReadSubmission(
                (state, nextOffset) -> {
                    seen[0] = state.of(Sum.class).sum;
                    seen[1] = nextOffset;
                },
                refused -> {}));
        pollAll();
        assertThat(seen).containsExactly(5, 1);
    }

    @Test
    void recoversFromASnapshotAndTheLogBehindIt() {
        for (int index = 0; index < 10; index++) {
            decide(key(index), 7);
        }
        SnapshotId snapshot = takeSnapshot();
        log.retained().truncate(snapshot.sequence(), frame -> {}, () -> {});
        for (int index = 10; index < 15; index++) {
            decide(key(index), 7);
        }
        restart();
        assertThat(recovery.snapshot()).hasValue(snapshot);
        assertThat(recovery.replayed()).isEqualTo(5);
        assertThat(sum()).isEqualTo(105);
        assertThat(aggregates.find(CounterDomain.COUNTER)).hasValue(0);
        assertThat(decide(key(3), 7)).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.repeated()).isTrue();
            assertThat(accepted.offset()).isEqualTo(3);
        });
        assertThat(decide(key(3), 8)).isEqualTo(new Outcome.KeyReused(0, 3));
    }

    @Test
    void aSnapshotHoldsCommandsWhoseOutcomesAreNotWrittenYet() {
        decide(key(1), 1);
        log.holdAppends();
        submit(key(2), 2);
        pollAll();
        log.syncNext();
        SnapshotId snapshot = takeSnapshot();
        assertThat(snapshot.offset()).isEqualTo(1);
        log.crash();
        log.syncAtOnce();
        log.retained().truncate(snapshot.sequence(), frame -> {}, () -> {});
        restart();
        assertThat(recovery.decidedAgain()).isEqualTo(1);
        assertThat(sum()).isEqualTo(3);
    }

    @Test
    void aDamagedSnapshotFallsBackToTheOneBefore() {
        decide(key(1), 1);
        SnapshotId first = takeSnapshot();
        decide(key(2), 2);
        SnapshotId second = takeSnapshot();
        log.retained().truncate(first.sequence(), frame -> {}, () -> {});
        snapshots.damage(second);
        restart();
        assertThat(recovery.snapshot()).hasValue(first);
        assertThat(recovery.complaints()).singleElement().asString().contains("snapshot at offset 2 is damaged");
        assertThat(sum()).isEqualTo(3);
    }

    @Test
    void withoutASnapshotATruncatedLogIsDamage() {
        decide(key(1), 1);
        decide(key(2), 2);
        SnapshotId only = takeSnapshot();
        decide(key(3), 3);
        log.retained().truncate(only.sequence(), frame -> {}, () -> {});
        snapshots.damage(only);
        assertThatThrownBy(this::restart)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("were answered and are missing");
    }

    @Test
    void aSnapshotOfALaterDomainVersionIsRefused() {
        shard = recovered(CONFIG, 2);
        decide(key(1), 1);
        pollAll();
        ShardReplica.build(0, CONFIG, new Domains(List.of(new CounterDomain(2))), snapshots, log.retained())
                .save(snapshots);
        assertThatThrownBy(this::restart)
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("domain counter finds version 2 and is version 1");
    }

    @Test
    void aReplicaForgetsKeysAsTheShardDoes() {
        ShardConfig three = new ShardConfig(
                new ShardConfig.BatchLimits(100, 64 * 1024, 3, ShardConfig.BatchLimits.DEFAULT.pipelineCountMin()),
                new ShardConfig.KeyLimits(3, 1_000_000));
        shard = recovered(three, 1);
        for (int index = 0; index < 10; index++) {
            decide(key(index), 1);
        }
        ShardReplica.build(0, three, new Domains(List.of(new CounterDomain(1))), snapshots, log.retained())
                .save(snapshots);
        shard = recovered(three, 1);
        assertThat(decide(key(9), 1))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.repeated()).isTrue());
        assertThat(decide(key(5), 1))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.repeated()).isFalse());
    }

    private static ShardConfig withPipelineCountMin(int count) {
        ShardConfig.BatchLimits usual = CONFIG.batches();
        return new ShardConfig(
                new ShardConfig.BatchLimits(usual.countMax(), usual.bytesMax(), usual.inFlightMax(), count),
                CONFIG.keys());
    }

    private SnapshotId takeSnapshot() {
        return ShardReplica.build(0, CONFIG, new Domains(List.of(new CounterDomain(1))), snapshots, log.retained())
                .save(snapshots);
    }

    private Shard recovered(ShardConfig config, int schemaVersion) {
        mailbox = new ArrayDeque<>();
        Shard fresh = new Shard(
                0,
                config,
                new Domains(List.of(new CounterDomain(schemaVersion))),
                log.open(),
                snapshots,
                () -> nowMicros,
                mailbox,
                aggregates,
                Peers.NONE);
        recovery = fresh.recover();
        return fresh;
    }

    private void restart() {
        shard = recovered(CONFIG, 1);
        pollAll();
    }

    private void pollAll() {
        while (shard.poll()) {
            assertThat(shard.inFlightCount())
                    .isLessThanOrEqualTo(CONFIG.batches().inFlightMax());
        }
    }

    private Outcome decide(UUID key, long amount) {
        List<Outcome> answers = submit(key, amount);
        pollAll();
        return answers.get(0);
    }

    private static boolean isRepeated(Outcome outcome) {
        return ((Outcome.Accepted) outcome).repeated();
    }

    private List<Outcome> submit(UUID key, long amount) {
        List<Outcome> answers = new ArrayList<>();
        mailbox.add(submission(key, amount, answers));
        return answers;
    }

    private static Submission submission(UUID key, long amount, List<Outcome> answers) {
        return submission(key, amount, LoggedCommand.ANY_VERSION, answers);
    }

    private static Submission submission(UUID key, long amount, long expectedVersion, List<Outcome> answers) {
        WireWriter out = new WireWriter(8);
        new CounterDomain(1).commands().encode(new Add(amount), out);
        return Submission.CommandSubmission.of(
                new Add(amount), new LoggedCommand(key, 9, expectedVersion, out.toByteArray()), answers::add);
    }

    private long sum() {
        long[] sum = new long[1];
        mailbox.add(new Submission.ReadSubmission((state, nextOffset) -> sum[0] = state.of(Sum.class).sum, e -> {}));
        while (!mailbox.isEmpty() && shard.inFlightCount() < CONFIG.batches().inFlightMax()) {
            shard.poll();
        }
        return sum[0];
    }

    private static UUID key(int number) {
        return new UUID(7, number);
    }
}
