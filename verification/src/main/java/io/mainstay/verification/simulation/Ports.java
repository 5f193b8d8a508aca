package io.mainstay.verification.simulation;

import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.gateway.CommandRouter;
import io.mainstay.core.gateway.Destination;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.route.Route;
import io.mainstay.core.saga.SagaEvent;
import io.mainstay.core.saga.SagaState;
import io.mainstay.core.shard.Peers;
import io.mainstay.core.shard.Shard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.Submission;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.wire.Codec;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import java.util.ArrayDeque;
import java.util.Queue;

/** What a shard and its node are connected to. The defaults are honest; a test that wants to be caught lies in one. */
interface Ports {
    /** Everything as it should be. */
    Ports HONEST = new Ports() {};

    default WriteAheadLog open(SimulatedLog log) {
        return log.open();
    }

    default SnapshotStore snapshots(SimulatedSnapshots snapshots) {
        return snapshots;
    }

    default ShardConfig config(ShardConfig drawn) {
        return drawn;
    }

    default StateMachine<LedgerState, LedgerCommand, LedgerEvent> rules(
            StateMachine<LedgerState, LedgerCommand, LedgerEvent> ledger) {
        return ledger;
    }

    default StateCodec<LedgerState> states(StateCodec<LedgerState> ledger) {
        return ledger;
    }

    default Codec<SagaEvent> sagaEvents(Codec<SagaEvent> sagas) {
        return sagas;
    }

    default StateCodec<SagaState> sagaStates(StateCodec<SagaState> sagas) {
        return sagas;
    }

    /** What is applied to the state of sagas. */
    default SagaEvent sagaEvent(SagaEvent event) {
        return event;
    }

    default long sagaDueMicros(long dueMicros) {
        return dueMicros;
    }

    default PurseState emptyPurse() {
        return new PurseState();
    }

    /** Whether nothing of what a shard has taken is left to do. */
    default boolean isFinished(Shard shard) {
        return shard.isIdle();
    }

    default Peers peers(Peers post) {
        return post;
    }

    default Routing routing(CommandRouter router) {
        return new HonestRouting(router);
    }

    default Queue<Submission> mailbox() {
        return new ArrayDeque<>();
    }

    /** What a node uses of the engine's router. */
    interface Routing {
        Destination route(Route route);

        void settle(Route route, Outcome outcome);

        void recovered(int shard);
    }

    /** The router itself; to be told otherwise in one point. */
    class HonestRouting implements Routing {
        private final CommandRouter router;

        HonestRouting(CommandRouter router) {
            this.router = router;
        }

        @Override
        public Destination route(Route route) {
            return router.route(route);
        }

        @Override
        public void settle(Route route, Outcome outcome) {
            router.settle(route, outcome);
        }

        @Override
        public void recovered(int shard) {
            router.recovered(shard);
        }
    }
}
