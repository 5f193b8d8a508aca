package io.mainstay.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.shard.CounterDomain.Add;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each durability policy promises, and what it loses in a crash. */
final class DurabilityTest {
    private static final long MICROS_MAX = 5_000;

    @Test
    void syncGivesEachCommandASyncOfItsOwn() {
        TestShard shard = new TestShard(TestShard.CONFIG.with(new Durability.Sync()));
        shard.log.holdAppends();
        List<Outcome> answers = submit(shard, 0, 10);
        for (int synced = 0; synced < 10; synced++) {
            shard.settle();
            assertThat(shard.log.pendingCount()).isLessThanOrEqualTo(1);
            assertThat(answers).hasSize(synced);
            shard.log.syncNext();
            shard.settle();
            if (shard.log.pendingCount() == 0) {
                shard.settle();
            }
        }
        shard.log.syncAtOnce();
        shard.settle();
        assertThat(answers).hasSize(10);
        assertThat(shard.log.frames())
                .allSatisfy(frame -> assertThat(LogFrame.parse(frame).entries()).hasSizeLessThanOrEqualTo(1));
    }

    @Test
    void syncAndGroupCommitLoseNothingThatWasAnswered() {
        for (Durability durability : List.of(new Durability.Sync(), new Durability.GroupCommit())) {
            TestShard shard = new TestShard(TestShard.CONFIG.with(durability));
            List<Outcome> durable = submit(shard, 0, 5);
            shard.settle();
            shard.log.holdAppends();
            List<Outcome> lost = submit(shard, 5, 20);
            shard.settle();
            shard.crash();
            assertThat(durable).hasSize(5);
            assertThat(lost).isEmpty();
            assertThat(shard.sum()).isEqualTo(5);
        }
    }

    @Test
    void asyncAnswersBeforeTheSyncUpToTheCount() {
        TestShard shard = async(10, 3);
        shard.log.holdAppends();
        List<Outcome> answers = submit(shard, 0, 100);
        shard.settle();
        assertThat(answers).as("whole batches of 4").hasSize(8);
        while (shard.log.pendingCount() > 0) {
            long durable = durable(shard);
            assertThat(answers.size() - durable).isLessThanOrEqualTo(10);
            shard.log.syncNext();
            shard.settle();
        }
        assertThat(answers).hasSize(100);
        assertThat(shard.sum()).isEqualTo(100);
    }

    @Test
    void asyncWaitsWhenTheOldestUnsyncedAnswerIsTooOld() {
        TestShard shard = async(1000, 50);
        shard.log.holdAppends();
        List<Outcome> answers = submit(shard, 0, 1);
        shard.settle();
        assertThat(answers).hasSize(1);
        shard.nowMicros += MICROS_MAX + 1;
        List<Outcome> later = submit(shard, 1, 10);
        shard.settle();
        assertThat(later).isEmpty();
        shard.log.syncNext();
        shard.settle();
        shard.log.syncNext();
        shard.settle();
        assertThat(later).hasSize(10);
    }

    /** Seed 18 of the simulator: the bound holds for what is about to be answered, too. */
    @Test
    void asyncDoesNotAnswerAheadWhatIsTooOldAlready() {
        TestShard shard = async(4, 3);
        shard.log.holdAppends();
        List<Outcome> first = submit(shard, 0, 4);
        List<Outcome> behind = submit(shard, 4, 4);
        shard.settle();
        assertThat(first).hasSize(4);
        shard.nowMicros += MICROS_MAX + 1;
        shard.log.syncNext();
        shard.settle();
        assertThat(behind).isEmpty();
        shard.log.syncNext();
        shard.settle();
        assertThat(behind).hasSize(4);
    }

    @Test
    void asyncLosesNoMoreThanItsBoundAndOnlyTheNewest() {
        TestShard shard = async(10, 3);
        List<Outcome> durable = submit(shard, 0, 7);
        shard.settle();
        shard.log.holdAppends();
        List<Outcome> answers = submit(shard, 7, 50);
        shard.settle();
        assertThat(durable).hasSize(7);
        assertThat(answers).hasSize(8);
        shard.crash();
        assertThat(shard.sum()).isEqualTo(7);
        assertThat(shard.decide(7, new Add(1)))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.repeated()).isFalse());
    }

    @Test
    void asyncTellsNoOutcomeOfWhatIsNotDurable() {
        TestShard shard = async(10, 3);
        shard.log.holdAppends();
        submit(shard, 0, 30);
        shard.settle();
        shard.log.failNext();
        shard.log.syncNext();
        assertThatThrownBy(shard::settle).hasMessageContaining("failed");
        shard.shard().abandon("log failed");
        shard.log.syncAtOnce();
        shard.restart();
        assertThat(shard.sum()).isZero();
        assertThat(shard.decide(1, new Add(3))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void asyncAnswersWithUnknownOnlyWhatItHasNotAnswered() {
        TestShard shard = async(4, 3);
        shard.log.holdAppends();
        List<Outcome> answers = submit(shard, 0, 9);
        shard.settle();
        assertThat(answers).hasSize(4);
        shard.shard().abandon("stopped");
        assertThat(answers.subList(4, answers.size()))
                .hasSize(5)
                .allSatisfy(answer -> assertThat(answer).isInstanceOf(Outcome.Unknown.class));
    }

    @Test
    void boundsAreAtLeastOne() {
        assertThatThrownBy(() -> new Durability.Async(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Durability.Async(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TestShard async(int countMax, int inFlightMax) {
        ShardConfig limits = new ShardConfig(
                new ShardConfig.BatchLimits(4, 64 * 1024, inFlightMax, 1),
                new ShardConfig.KeyLimits(1000, 1_000_000_000));
        return new TestShard(limits.with(new Durability.Async(countMax, MICROS_MAX)));
    }

    private static List<Outcome> submit(TestShard shard, int firstKey, int count) {
        List<Outcome> answers = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            shard.submit(firstKey + index, new Add(1), answers::add);
        }
        return answers;
    }

    private static long durable(TestShard shard) {
        byte[] last = shard.log.frames().get(shard.log.frames().size() - 1);
        return LogFrame.parse(last).header().nextOffset();
    }
}
