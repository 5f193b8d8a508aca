package io.mainstay.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.CommandGroup.Attempt;
import io.mainstay.core.domain.CommandGroup.Do;
import io.mainstay.core.domain.CommandGroup.Step;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Skipped;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.shard.CounterDomain.Add;
import io.mainstay.core.shard.CounterDomain.Added;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several commands as one transaction, with savepoints. */
final class GroupTest {
    private final TestShard shard = new TestShard(TestShard.CONFIG);

    @Test
    void laterCommandsSeeTheEffectsOfEarlierOnes() {
        assertThat(shard.decide(1, group(add(1), add(2), add(3))))
                .isEqualTo(new Outcome.Accepted(
                        0, 0, 1000, 3, List.of(new Added(1, 1), new Added(2, 3), new Added(3, 6)), false));
        assertThat(shard.sum()).isEqualTo(6);
    }

    @Test
    void aRefusalUndoesAllOfIt() {
        shard.decide(1, new Add(5));
        assertThat(shard.decide(2, group(add(1), add(2), add(-3))))
                .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                    assertThat(rejected.rejection())
                            .isEqualTo(
                                    new Rejection(Rejection.Kind.REFUSED, "negative", "no", "/steps/2/command/amount"));
                    assertThat(rejected.version()).isEqualTo(1);
                });
        assertThat(shard.amounts()).containsExactly(5L);
        assertThat(shard.decide(3, new Add(1))).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void aDomainThatThrowsUndoesAllOfIt() {
        assertThat(shard.decide(1, group(add(1), add(13))))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().code()).isEqualTo("domain-failed"));
        assertThat(shard.amounts()).isEmpty();
    }

    @Test
    void aRefusalInAnAttemptUndoesTheAttemptOnly() {
        Outcome outcome = shard.decide(1, group(add(1), attempt(add(2), add(-1)), add(4), attempt(add(8))));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.skipped())
                    .containsExactly(new Skipped(
                            "/steps/1",
                            new Rejection(
                                    Rejection.Kind.REFUSED, "negative", "no", "/steps/1/steps/1/command/amount")));
            assertThat(accepted.version()).isEqualTo(3);
        });
        assertThat(shard.amounts()).containsExactly(1L, 4L, 8L);
    }

    @Test
    void attemptsNest() {
        shard.decide(1, group(attempt(add(1), attempt(add(2), add(-1)), attempt(add(3))), add(4)));
        assertThat(shard.amounts()).containsExactly(1L, 3L, 4L);
        Outcome outcome = shard.decide(2, group(attempt(add(10), attempt(add(-1)), add(-2)), add(20)));
        assertThat(shard.amounts()).containsExactly(1L, 3L, 4L, 20L);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.skipped())
                                .extracting(Skipped::pointer)
                                .containsExactly("/steps/0"));
    }

    @Test
    void aGroupOfWhichNothingIsLeftIsRefused() {
        assertThat(shard.decide(1, group(attempt(add(-1)), attempt(add(-2)))))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().pointer())
                                .isEqualTo("/steps/0/steps/0/command/amount"));
    }

    @Test
    void aGroupIsExecutedOnceAndAnsweredAgainWithAllOfIt() {
        CommandGroup group = group(add(1), attempt(add(-2)), add(3));
        Outcome.Accepted first = (Outcome.Accepted) shard.decide(1, group);
        shard.restart();
        assertThat(shard.decide(1, group))
                .isEqualTo(new Outcome.Accepted(
                        0, first.offset(), 1000, first.version(), first.events(), first.skipped(), true));
        assertThat(shard.decide(1, group(add(1)))).isEqualTo(new Outcome.KeyReused(0, 0));
        assertThat(shard.sum()).isEqualTo(4);
    }

    @Test
    void theTailIsDecidedAgainTheSame() {
        shard.log.holdAppends();
        List<Outcome> answers = shard.submit(1, group(add(1), attempt(add(2), add(-1)), add(4)));
        shard.settle();
        shard.log.syncNext();
        shard.settle();
        assertThat(answers).hasSize(1);
        shard.crash();
        assertThat(shard.recovery().decidedAgain()).isEqualTo(1);
        assertThat(shard.amounts()).containsExactly(1L, 4L);
    }

    @Test
    void aReplicaAgrees() {
        shard.decide(1, group(add(1), attempt(add(2), add(-1)), add(4)));
        shard.takeSnapshot();
        shard.restart();
        assertThat(shard.recovery().snapshot()).isPresent();
        assertThat(shard.amounts()).containsExactly(1L, 4L);
    }

    @Test
    void anExpectedVersionHoldsForTheFirstCommand() {
        shard.decide(1, new Add(1));
        List<Outcome> stale = shard.submit(2, 0, group(add(1), add(1)));
        List<Outcome> right = shard.submit(3, 1, group(add(2), add(2)));
        shard.settle();
        assertThat(stale.get(0))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().code()).isEqualTo("version-mismatch"));
        assertThat(right.get(0)).isInstanceOf(Outcome.Accepted.class);
        assertThat(shard.sum()).isEqualTo(5);
    }

    @Test
    void aDomainThatCannotUndoTakesPartInNoGroup() {
        shard.install(new CounterDomain(1, false));
        shard.restart();
        assertThat(shard.decide(1, group(add(1))))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().code()).isEqualTo("group-unsupported"));
    }

    @Test
    void groupsAreLimited() {
        List<Step> many = Collections.nCopies(CommandGroup.COMMANDS_MAX + 1, add(1));
        assertThatThrownBy(() -> new CommandGroup(many)).hasMessageContaining("1 to 1000 wanted");
        assertThatThrownBy(() -> new CommandGroup(List.of())).hasMessageContaining("1 to 1000 wanted");
        Step deep = add(1);
        for (int depth = 0; depth <= CommandGroup.DEPTH_MAX; depth++) {
            deep = attempt(deep);
        }
        Step tooDeep = deep;
        assertThatThrownBy(() -> group(tooDeep)).hasMessageContaining("8 deep");
        assertThatThrownBy(() -> new Do(group(add(1)))).hasMessageContaining("a group within a group");
        assertThat(shard.decide(1, new CommandGroup(many.subList(0, CommandGroup.COMMANDS_MAX))))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(shard.sum()).isEqualTo(CommandGroup.COMMANDS_MAX);
    }

    private static CommandGroup group(Step... steps) {
        return new CommandGroup(List.of(steps));
    }

    private static Step add(long amount) {
        return step(new Add(amount));
    }

    private static Step step(Command command) {
        return new Do(command);
    }

    private static Step attempt(Step... steps) {
        return new Attempt(List.of(steps));
    }
}
