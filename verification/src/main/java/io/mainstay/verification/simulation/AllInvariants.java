package io.mainstay.verification.simulation;

import io.mainstay.core.EngineException;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.shard.ShardReplica;
import io.mainstay.core.shard.Submission.StateAt;
import java.util.List;
import java.util.function.Consumer;

/** Every invariant, told one after the other. */
final class AllInvariants implements Invariant {
    /** The first one leads the reference on, which the others look at. */
    private final List<Invariant> all;

    AllInvariants() {
        this(every());
    }

    private AllInvariants(List<Invariant> all) {
        this.all = all;
    }

    /** Only the invariant of that name, with the one that leads the reference on. */
    static AllInvariants only(String name) {
        return new AllInvariants(every().stream()
                .filter(invariant -> invariant instanceof ExecutedIsDurable
                        || invariant.getClass().getSimpleName().equals(name))
                .toList());
    }

    private static List<Invariant> every() {
        return List.of(
                new ExecutedIsDurable(),
                new LossIsWithinTheBound(),
                new RecoveryIsComplete(),
                new GroupsAreAllOrNothing(),
                new ExpectedVersionsAreKept(),
                new AnswersFollowTheLog(),
                new RepeatedAnswersAreEqual(),
                new EveryCallIsAnsweredOnce(),
                new KeysAreExecutedOnce(),
                new AggregatesLiveOnOneShard(),
                new ReadsAreFenced(),
                new MoneyIsConserved(),
                new MoneyIsNeverSeenTwice(),
                new TransfersAreWhole(),
                new EverySagaEnds(),
                new BalancesStayAboveMinimum(),
                new StateFollowsTheLog(),
                new VersionsCountEntries(),
                new OutcomesAreLogged(),
                new ReplicasAgree(),
                new RouterAgrees(),
                new MessagesAreExecutedOnce(),
                new MessagesArriveAsSent(),
                new WhatIsThereIsFound(),
                new MoneyInFlightIsConserved(),
                new NobodyKnowsWhatIsLost(),
                new DrainedIsLogged(),
                new OnlyDamageStopsAShard(),
                new StateHashesAgree());
    }

    @Override
    public void recovered(SimulatedShard shard) {
        each(invariant -> invariant.recovered(shard));
    }

    @Override
    public void polled(SimulatedShard shard) {
        each(invariant -> invariant.polled(shard));
    }

    @Override
    public void submitted(Call call) {
        each(invariant -> invariant.submitted(call));
    }

    @Override
    public void answered(Call call, Outcome outcome) {
        each(invariant -> invariant.answered(call, outcome));
    }

    @Override
    public void begun(Call call, Outcome.Begun begun) {
        each(invariant -> invariant.begun(call, begun));
    }

    @Override
    public void read(Reading reading) {
        each(invariant -> invariant.read(reading));
    }

    @Override
    public void hashed(SimulatedShard shard, StateAt state) {
        each(invariant -> invariant.hashed(shard, state));
    }

    @Override
    public void replicated(SimulatedShard shard, ShardReplica replica) {
        each(invariant -> invariant.replicated(shard, replica));
    }

    @Override
    public void stopped(SimulatedShard shard, EngineException reason) {
        each(invariant -> invariant.stopped(shard, reason));
    }

    @Override
    public void looked(SimulatedNode node) {
        each(invariant -> invariant.looked(node));
    }

    @Override
    public void ended(SimulatedNode node) {
        each(invariant -> invariant.ended(node));
    }

    private void each(Consumer<Invariant> telling) {
        all.forEach(telling);
    }
}
