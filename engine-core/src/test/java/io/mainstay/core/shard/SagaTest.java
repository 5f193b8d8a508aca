package io.mainstay.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.Reply;
import io.mainstay.core.saga.RunningSaga;
import io.mainstay.core.saga.SagaDomain;
import io.mainstay.core.saga.SagaState;
import io.mainstay.core.shard.ShardConfig.MessageLimits;
import io.mainstay.core.shard.Submission.MessageSubmission;
import io.mainstay.core.shard.VaultDomain.Order;
import io.mainstay.core.shard.VaultDomain.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sagas over shards: all steps in the end, or none, whatever is lost or breaks on the way (G1). */
final class SagaTest {
    private static final long RESEND_MICROS = 10_000;
    private static final long TIMEOUT_MICROS = 1_000_000;
    private static final ShardConfig CONFIG = TestShard.CONFIG.with(new MessageLimits(100, RESEND_MICROS, 3));

    private final List<TestShard> shards = new ArrayList<>();
    private Predicate<Submission> lost = submission -> false;

    SagaTest() {
        for (int number = 0; number < 4; number++) {
            add();
        }
        shards.forEach(shard -> shard.decide(1, Order.fund(100)));
    }

    @Test
    void aPivotAloneIsAnsweredWhenTheOtherShardHasDoneIt() {
        Answer answer = submit(2, Order.send(1, 30, TIMEOUT_MICROS, 1));
        shards.get(0).settle();
        assertThat(answer.begun).isNotNull();
        assertThat(answer.outcome).isNull();
        assertThat(amount(0)).isEqualTo(70);
        settle();
        assertThat(answer.outcome).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.events()).hasSize(1);
            assertThat(accepted.repeated()).isFalse();
        });
        assertThat(held(0)).isEmpty();
        assertThat(amounts()).containsExactly(70L, 130L, 100L, 100L);
        assertThat(running(0)).isEmpty();
    }

    @Test
    void severalShardsConfirmWhenAllOfThemHaveMadeTheirAttempts() {
        Answer answer = submit(2, Order.send(1, 10, TIMEOUT_MICROS, 1, 2, 3));
        settle();
        assertThat(answer.outcome).isInstanceOf(Outcome.Accepted.class);
        assertThat(amounts()).containsExactly(70L, 110L, 110L, 110L);
        assertThat(running(0)).isEmpty();
    }

    @Test
    void aRefusedPivotIsUndoneAndTheCallerIsToldWhy() {
        shards.get(1).decide(2, Order.close());
        Answer answer = submit(3, Order.send(1, 30, TIMEOUT_MICROS, 1));
        settle();
        assertRefused(answer.outcome, "vault-closed", false);
        assertThat(amounts()).containsExactly(100L, 100L, 100L, 100L);
    }

    @Test
    void oneRefusalOfSeveralUndoesTheOthers() {
        shards.get(2).decide(2, Order.close());
        Answer answer = submit(3, Order.send(1, 10, TIMEOUT_MICROS, 1, 2, 3));
        settle();
        assertRefused(answer.outcome, "vault-empty", false);
        assertThat(amounts()).containsExactly(100L, 100L, 100L, 100L);
        for (int shard = 0; shard < 4; shard++) {
            assertThat(held(shard)).isEmpty();
        }
    }

    @Test
    void aRefusalOnTheSpotBeginsNothing() {
        Answer answer = submit(2, Order.send(1, 101, TIMEOUT_MICROS, 1));
        settle();
        assertRefused(answer.outcome, "vault-empty", false);
        assertThat(answer.begun).isNull();
        assertThat(amounts()).containsExactly(100L, 100L, 100L, 100L);
    }

    @Test
    void stepsOfOneShardAreOneTransaction() {
        assertThat(submit(2, Order.send(1, 30, TIMEOUT_MICROS, 0)).settled().outcome)
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.events()).hasSize(3));
        assertThat(amounts()).containsExactly(100L, 100L, 100L, 100L);
        assertRefused(submit(3, Order.send(2, 101, TIMEOUT_MICROS, 0)).settled().outcome, "vault-empty", false);
        assertThat(held(0)).isEmpty();
    }

    @Test
    void anAttemptThatComesTooLateIsRefused() {
        lost = submission -> submission instanceof MessageSubmission;
        Answer answer = submit(2, Order.send(1, 30, TIMEOUT_MICROS, 1));
        settle();
        pass(TIMEOUT_MICROS + 1);
        lost = submission -> false;
        settle();
        assertRefused(answer.outcome, "saga-timed-out", false);
        assertThat(amounts()).containsExactly(100L, 100L, 100L, 100L);
    }

    @Test
    void severalAttemptsThatAreNotAnsweredInTimeAreUndone() {
        lost = submission -> submission instanceof MessageSubmission message
                && message.logged().sender() == 2;
        Answer answer = submit(2, Order.send(1, 10, TIMEOUT_MICROS, 1, 2, 3));
        settle();
        assertThat(amount(0)).isEqualTo(70);
        pass(TIMEOUT_MICROS + 1);
        settle();
        assertThat(answer.outcome).isNull();
        assertThat(amount(0)).isEqualTo(100);
        assertThat(held(1)).isEmpty();
        assertThat(held(2)).hasSize(1);
        assertThat(running(0)).singleElement().satisfies(saga -> {
            assertThat(saga.phase()).isEqualTo(RunningSaga.Phase.CANCELLING);
            assertThat(saga.step(2)).isEqualTo(RunningSaga.StepPhase.ASKED);
        });
        lost = submission -> false;
        pass(RESEND_MICROS + 1);
        settle();
        assertRefused(answer.outcome, "saga-timed-out", false);
        assertThat(held(2)).isEmpty();
        assertThat(amounts()).containsExactly(100L, 100L, 100L, 100L);
    }

    @Test
    void askedAgainTheCallerIsToldHowItStandsAndHowItEnded() {
        lost = submission -> submission instanceof MessageSubmission;
        Answer first = submit(2, Order.send(1, 30, TIMEOUT_MICROS, 1));
        settle();
        assertThat(submit(2, Order.send(1, 30, TIMEOUT_MICROS, 1)).settled().outcome)
                .isInstanceOfSatisfying(
                        Outcome.Begun.class,
                        begun -> assertThat(begun.repeated()).isTrue());
        lost = submission -> false;
        pass(RESEND_MICROS + 1);
        settle();
        assertThat(first.outcome).isInstanceOf(Outcome.Accepted.class);
        assertThat(submit(2, Order.send(1, 30, TIMEOUT_MICROS, 1)).settled().outcome)
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    assertThat(accepted.repeated()).isTrue();
                    assertThat(accepted.events()).isEqualTo(first.events());
                });
        assertThat(amounts()).containsExactly(70L, 130L, 100L, 100L);
    }

    @Test
    void theAnswerOfAnUndoneSagaIsRememberedThroughReplaysAndSnapshots() {
        shards.get(1).decide(2, Order.close());
        submit(3, Order.send(1, 30, TIMEOUT_MICROS, 1)).settled();
        assertRefused(submit(3, Order.send(1, 30, TIMEOUT_MICROS, 1)).settled().outcome, "vault-closed", true);
        shards.get(0).crash();
        assertRefused(submit(3, Order.send(1, 30, TIMEOUT_MICROS, 1)).settled().outcome, "vault-closed", true);
        TestShard shard = shards.get(0);
        shard.log.retained().truncate(shard.takeSnapshot().sequence(), frame -> {}, () -> {});
        shard.crash();
        assertThat(shard.recovery().snapshot()).isPresent();
        assertRefused(submit(3, Order.send(1, 30, TIMEOUT_MICROS, 1)).settled().outcome, "vault-closed", true);
    }

    @Test
    void whateverShardCrashesAfterWhateverStepTheSagaGoesOn() {
        for (int steps = 0; steps < 40; steps++) {
            for (int crashed = 0; crashed < 4; crashed++) {
                SagaTest fresh = new SagaTest();
                Answer answer = fresh.submit(2, Order.send(1, 10, TIMEOUT_MICROS, 1, 2, 3));
                fresh.work(steps);
                fresh.shards.get(crashed).crash();
                fresh.settle();
                fresh.pass(RESEND_MICROS + 1);
                fresh.settle();
                boolean done =
                        !(answer.outcome instanceof Outcome.Unavailable || answer.outcome instanceof Outcome.Unknown);
                Outcome again = fresh.submit(2, Order.send(1, 10, TIMEOUT_MICROS, 1, 2, 3))
                        .settled()
                        .outcome;
                assertThat(again)
                        .as("after %d steps shard %d crashed, done %s", steps, crashed, done)
                        .isInstanceOf(Outcome.Accepted.class);
                assertThat(fresh.amounts()).containsExactly(70L, 110L, 110L, 110L);
                fresh.assertReplaysAreEqual();
            }
        }
    }

    @Test
    void everyShardCrashesAfterEveryStepOfASagaThatIsRefused() {
        for (int steps = 0; steps < 40; steps++) {
            SagaTest fresh = new SagaTest();
            fresh.shards.get(3).decide(2, Order.close());
            fresh.submit(3, Order.send(1, 10, TIMEOUT_MICROS, 1, 2, 3));
            fresh.work(steps);
            fresh.shards.forEach(TestShard::crash);
            fresh.settle();
            fresh.pass(RESEND_MICROS + 1);
            fresh.settle();
            Answer again =
                    fresh.submit(3, Order.send(1, 10, TIMEOUT_MICROS, 1, 2, 3)).settled();
            assertThat(again.outcome).isInstanceOf(Outcome.Rejected.class);
            assertThat(fresh.amounts()).containsExactly(100L, 100L, 100L, 100L);
            fresh.assertReplaysAreEqual();
        }
    }

    @Test
    void runningSagasAreInSnapshots() {
        lost = submission -> submission instanceof MessageSubmission message
                && message.logged().sender() == 2;
        submit(2, Order.send(1, 10, TIMEOUT_MICROS, 1, 2, 3)).settled();
        TestShard shard = shards.get(0);
        shard.log.retained().truncate(shard.takeSnapshot().sequence(), frame -> {}, () -> {});
        shard.crash();
        assertThat(running(0))
                .singleElement()
                .satisfies(saga -> assertThat(saga.step(1)).isEqualTo(RunningSaga.StepPhase.ATTEMPTED));
        lost = submission -> false;
        pass(RESEND_MICROS + 1);
        settle();
        assertThat(amounts()).containsExactly(70L, 110L, 110L, 110L);
        assertReplaysAreEqual(1, 2, 3);
    }

    @Test
    void aShardThatStopsTellsItsCallersThatTheSagaGoesOn() {
        lost = submission -> submission instanceof MessageSubmission;
        Answer answer = submit(2, Order.send(1, 30, TIMEOUT_MICROS, 1)).settled();
        shards.get(0).shard().abandon("the test wants it");
        assertThat(answer.outcome).isInstanceOf(Outcome.Begun.class);
    }

    @Test
    void tooManySagasAreRefused() {
        lost = submission -> submission instanceof MessageSubmission;
        for (int id = 1; id <= 3; id++) {
            submit(10 + id, Order.send(id, 1, TIMEOUT_MICROS, 1)).settled();
        }
        assertRefused(submit(20, Order.send(4, 1, TIMEOUT_MICROS, 1)).settled().outcome, "sagas-too-many", false);
    }

    @Test
    void aStepThatCannotBeFinishedStaysForAnOperator() {
        shards.get(2).install(domains(true));
        shards.get(2).restart();
        Answer answer = submit(2, Order.send(1, 10, TIMEOUT_MICROS, 1, 2, 3)).settled();
        assertThat(answer.outcome).isNull();
        assertThat(running(0)).singleElement().satisfies(saga -> {
            assertThat(saga.phase()).isEqualTo(RunningSaga.Phase.CONFIRMING);
            assertThat(saga.step(2)).isEqualTo(RunningSaga.StepPhase.STUCK);
        });
    }

    @Test
    void whatIsDueIsDecidedInTheLogAtItsTime() {
        TestShard shard = shards.get(0);
        shard.decide(2, Order.wake(shard.nowMicros + 500, 7));
        settle();
        assertThat(amount(0)).isEqualTo(100);
        shard.nowMicros += 500;
        settle();
        assertThat(amount(0)).isEqualTo(107);
        assertReplaysAreEqual();
        shard.crash();
        settle();
        assertThat(amount(0)).isEqualTo(107);
    }

    @Test
    void whatIsDueWhileTheShardIsDownIsDecidedAfterwards() {
        TestShard shard = shards.get(0);
        shard.decide(2, Order.wake(shard.nowMicros + 500, 7));
        shard.decide(3, Order.wake(shard.nowMicros + 600, 8));
        shard.nowMicros += 1000;
        shard.crash();
        settle();
        assertThat(amount(0)).isEqualTo(115);
        assertThat(alarms(0)).isEmpty();
    }

    private void assertRefused(@Nullable Outcome outcome, String code, boolean repeated) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.rejection().code()).isEqualTo(code);
            assertThat(rejected.repeated()).isEqualTo(repeated);
        });
    }

    private void assertReplaysAreEqual() {
        assertReplaysAreEqual(0, 1, 2, 3);
    }

    private void assertReplaysAreEqual(Integer... numbers) {
        for (int number : numbers) {
            TestShard shard = shards.get(number);
            assertThat(shard.replayed().stateHash()).isEqualTo(shard.state().hash());
        }
    }

    private List<Long> amounts() {
        return shards.stream().map(shard -> amount(shard.number)).toList();
    }

    private long amount(int shard) {
        return shards.get(shard).read(Vault.class, vault -> vault.amount);
    }

    private Map<Long, Long> held(int shard) {
        return shards.get(shard).read(Vault.class, vault -> Map.copyOf(vault.held));
    }

    private Map<Long, Long> alarms(int shard) {
        return shards.get(shard).read(Vault.class, vault -> Map.copyOf(vault.alarms));
    }

    private List<RunningSaga> running(int shard) {
        return shards.get(shard).read(SagaState.class, sagas -> List.copyOf(sagas.all()));
    }

    private Answer submit(int key, Command command) {
        Answer answer = new Answer();
        shards.get(0).submit(key, command, answer);
        return answer;
    }

    private void add() {
        TestShard shard = new TestShard(shards.size(), CONFIG, (number, submission) -> {
            if (!lost.test(submission)) {
                shards.get(number).mailbox.add(submission);
            }
            return true;
        });
        shard.install(domains(false));
        shard.restart();
        shards.add(shard);
    }

    private static Domain<?, ?, ?>[] domains(boolean broken) {
        return new Domain<?, ?, ?>[] {new VaultDomain(broken), new SagaDomain()};
    }

    private void pass(long micros) {
        shards.forEach(shard -> shard.nowMicros += micros);
    }

    /** Polls shards in turn, so many times in all. */
    private void work(int polls) {
        for (int poll = 0; poll < polls; poll++) {
            shards.get(poll % shards.size()).shard().poll();
        }
    }

    private void settle() {
        boolean worked = true;
        while (worked) {
            worked = false;
            for (TestShard shard : shards) {
                worked |= shard.shard().poll();
            }
        }
    }

    private final class Answer implements Reply {
        private Outcome.@Nullable Begun begun;
        private @Nullable Outcome outcome;

        @Override
        public void accept(Outcome given) {
            assertThat(outcome).isNull();
            outcome = given;
        }

        @Override
        public void begun(Outcome.Begun given) {
            begun = given;
        }

        List<?> events() {
            return outcome instanceof Outcome.Accepted accepted ? accepted.events() : List.of();
        }

        Answer settled() {
            settle();
            return this;
        }
    }
}
