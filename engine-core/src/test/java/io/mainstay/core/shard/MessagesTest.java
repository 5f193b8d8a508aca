package io.mainstay.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.CommandGroup.Attempt;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.LogEntry;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.ReceivedMessage;
import io.mainstay.core.shard.CounterDomain.Add;
import io.mainstay.core.shard.CounterDomain.Move;
import io.mainstay.core.shard.ShardConfig.MessageLimits;
import io.mainstay.core.shard.Submission.MessageSubmission;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Messages between shards: durable with what sent them, executed exactly once, in order. */
final class MessagesTest {
    private static final long RESEND_MICROS = 10_000;
    private static final ShardConfig CONFIG = TestShard.CONFIG.with(new MessageLimits(5, RESEND_MICROS, 10));

    private final List<TestShard> shards = new ArrayList<>();
    private final List<Submission> delivered = new ArrayList<>();
    private Predicate<Submission> taken = submission -> true;
    private Predicate<Submission> lost = submission -> false;
    private final TestShard sender = add(CONFIG);
    private final TestShard receiver = add(CONFIG);

    @Test
    void aMessageIsExecutedByItsReceiverAndThenForgotten() {
        assertThat(sender.decide(1, new Move(1, 5))).isInstanceOf(Outcome.Accepted.class);
        settle();
        assertThat(sender.sum()).isEqualTo(-5);
        assertThat(receiver.sum()).isEqualTo(5);
        sender.restart();
        delivered.clear();
        settle();
        assertThat(delivered).isEmpty();
    }

    @Test
    void aMessageThatIsLostIsSentAgain() {
        lost = submission -> submission instanceof MessageSubmission;
        sender.decide(1, new Move(1, 5));
        sender.decide(2, new Move(1, 6));
        settle();
        assertThat(receiver.sum()).isZero();
        lost = submission -> false;
        settle();
        assertThat(receiver.sum()).isZero();
        pass(RESEND_MICROS + 1);
        settle();
        assertThat(receiver.amounts()).containsExactly(5L, 6L);
    }

    @Test
    void anAcknowledgementThatIsLostCostsNothingButAnother() {
        lost = submission -> !(submission instanceof MessageSubmission);
        sender.decide(1, new Move(1, 5));
        settle();
        lost = submission -> false;
        pass(RESEND_MICROS + 1);
        settle();
        pass(RESEND_MICROS + 1);
        delivered.clear();
        settle();
        assertThat(delivered).isEmpty();
        assertThat(receiver.amounts()).containsExactly(5L);
    }

    @Test
    void messagesThatComeDoubledOrOutOfOrderAreExecutedOnceAndInOrder() {
        lost = submission -> true;
        for (int key = 1; key <= 4; key++) {
            sender.decide(key, new Move(1, key));
        }
        settle();
        List<Submission> messages = List.copyOf(delivered);
        lost = submission -> false;
        receiver.mailbox.add(messages.get(2));
        receiver.mailbox.add(messages.get(0));
        receiver.mailbox.add(messages.get(0));
        receiver.mailbox.add(messages.get(1));
        receiver.mailbox.add(messages.get(3));
        receiver.mailbox.add(messages.get(0));
        settle();
        assertThat(receiver.amounts()).containsExactly(1L, 2L);
        pass(RESEND_MICROS + 1);
        settle();
        assertThat(receiver.amounts()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aFullMailboxDelaysMessages() {
        taken = submission -> false;
        sender.decide(1, new Move(1, 5));
        settle();
        assertThat(receiver.sum()).isZero();
        taken = submission -> true;
        settle();
        assertThat(receiver.sum()).isEqualTo(5);
    }

    @Test
    void aReceiverThatCrashesExecutesWhatItHadNotMadeDurable() {
        receiver.log.holdAppends();
        sender.decide(1, new Move(1, 5));
        settle();
        receiver.crash();
        assertThat(receiver.sum()).isZero();
        pass(RESEND_MICROS + 1);
        settle();
        assertThat(receiver.amounts()).containsExactly(5L);
    }

    @Test
    void aReceiverThatCrashesDoesNotExecuteAgainWhatItHad() {
        lost = submission -> !(submission instanceof MessageSubmission);
        sender.decide(1, new Move(1, 5));
        settle();
        receiver.crash();
        lost = submission -> false;
        pass(RESEND_MICROS + 1);
        settle();
        assertThat(receiver.amounts()).containsExactly(5L);
    }

    @Test
    void aSenderThatCrashesBeforeItSentSendsAfterwards() {
        taken = submission -> false;
        sender.decide(1, new Move(1, 5));
        sender.crash();
        taken = submission -> true;
        settle();
        assertThat(receiver.amounts()).containsExactly(5L);
    }

    @Test
    void aSenderThatDecidesItsTailAgainSendsTheSameMessageAgain() {
        sender.log.holdAppends();
        sender.submit(1, new Move(1, 5));
        sender.settle();
        sender.log.syncNext();
        sender.settle();
        settle();
        assertThat(receiver.amounts()).containsExactly(5L);
        sender.crash();
        assertThat(sender.recovery().decidedAgain()).isEqualTo(1);
        settle();
        pass(RESEND_MICROS + 1);
        settle();
        assertThat(receiver.amounts()).containsExactly(5L);
        assertThat(sender.sum()).isEqualTo(-5);
    }

    @Test
    void theStateOfAReplayEqualsTheLiveOne() {
        lost = submission -> submission instanceof Submission.AcknowledgementSubmission;
        for (int key = 1; key <= 4; key++) {
            sender.decide(key, new Move(1, key));
            settle();
        }
        for (TestShard shard : shards) {
            assertThat(shard.replayed().stateHash()).isEqualTo(shard.state().hash());
            assertThat(shard.replayed().executedBefore())
                    .isEqualTo(shard.state().offset());
        }
        byte[] unacknowledged = sender.state().hash();
        lost = submission -> false;
        pass(RESEND_MICROS + 1);
        settle();
        assertThat(sender.state().hash())
                .isNotEqualTo(unacknowledged)
                .isEqualTo(sender.replayed().stateHash());
        sender.restart();
        assertThat(sender.state().hash()).isEqualTo(sender.replayed().stateHash());
    }

    @Test
    void mailIsInSnapshots() {
        lost = submission -> true;
        for (int key = 1; key <= 3; key++) {
            sender.decide(key, new Move(1, key));
        }
        settle();
        sender.log.retained().truncate(sender.takeSnapshot().sequence(), frame -> {}, () -> {});
        sender.crash();
        assertThat(sender.recovery().snapshot()).isPresent();
        lost = submission -> false;
        settle();
        assertThat(receiver.amounts()).containsExactly(1L, 2L, 3L);
        receiver.log.retained().truncate(receiver.takeSnapshot().sequence(), frame -> {}, () -> {});
        receiver.crash();
        sender.decide(4, new Move(1, 4));
        settle();
        assertThat(receiver.amounts()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void anOutboxThatIsFullRefusesCommandsThatWouldSendMore() {
        taken = submission -> false;
        for (int key = 1; key <= 5; key++) {
            assertThat(sender.decide(key, new Move(1, 1))).isInstanceOf(Outcome.Accepted.class);
        }
        assertThat(sender.decide(6, new Move(1, 1)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().code()).isEqualTo("shard-behind"));
        assertThat(sender.decide(7, new Add(10))).isInstanceOf(Outcome.Accepted.class);
        taken = submission -> true;
        settle();
        assertThat(sender.decide(8, new Move(1, 1))).isInstanceOf(Outcome.Accepted.class);
        settle();
        assertThat(receiver.sum()).isEqualTo(6);
        assertThat(sender.sum()).isEqualTo(4);
    }

    @Test
    void aGroupSendsOnlyWhatIsLeftOfIt() {
        sender.decide(
                1,
                new CommandGroup(List.of(
                        new Do(new Move(1, 1)),
                        new Attempt(List.of(new Do(new Move(1, 2)), new Do(new Add(-1)))),
                        new Do(new Move(1, 4)))));
        sender.decide(2, new CommandGroup(List.of(new Do(new Move(1, 8)), new Do(new Add(-1)))));
        settle();
        assertThat(receiver.amounts()).containsExactly(1L, 4L);
        assertThat(sender.sum()).isEqualTo(-5);
    }

    @Test
    void aShardMaySendToItself() {
        sender.decide(1, new Move(0, 5));
        settle();
        assertThat(sender.amounts()).containsExactly(-5L, 5L);
    }

    @Test
    void underAsyncDurabilityNothingIsSentThatACrashMightUndo() {
        TestShard async = add(CONFIG.with(new Durability.Async(10, 1_000_000)));
        async.log.holdAppends();
        List<Outcome> answers = async.submit(1, new Move(1, 5));
        async.settle();
        settle();
        assertThat(answers).hasSize(1);
        assertThat(delivered).isEmpty();
        async.crash();
        async.decide(2, new Move(1, 7));
        settle();
        assertThat(receiver.amounts()).containsExactly(7L);
    }

    @Test
    void underAsyncDurabilityNothingIsAcknowledgedThatACrashMightUndo() {
        TestShard async = add(CONFIG.with(new Durability.Async(10, 1_000_000)));
        async.log.holdAppends();
        sender.decide(1, new Move(2, 5));
        settle();
        assertThat(async.sum()).isEqualTo(5);
        async.crash();
        assertThat(async.sum()).isZero();
        pass(RESEND_MICROS + 1);
        settle();
        assertThat(async.sum()).isEqualTo(5);
    }

    @Test
    void messagesStandInBothLogs() {
        sender.decide(1, new Move(1, 5));
        settle();
        List<LogEntry> entries = receiver.log.frames().stream()
                .flatMap(frame -> LogFrame.parse(frame).entries().stream())
                .toList();
        assertThat(entries).singleElement().isInstanceOfSatisfying(ReceivedMessage.class, message -> {
            assertThat(message.sender()).isZero();
            assertThat(message.number()).isEqualTo(1);
        });
    }

    private TestShard add(ShardConfig config) {
        TestShard shard = new TestShard(shards.size(), config, (number, submission) -> {
            if (!taken.test(submission)) {
                return false;
            }
            delivered.add(submission);
            if (!lost.test(submission)) {
                shards.get(number).mailbox.add(submission);
            }
            return true;
        });
        shards.add(shard);
        return shard;
    }

    private void pass(long micros) {
        shards.forEach(shard -> shard.nowMicros += micros);
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
}
