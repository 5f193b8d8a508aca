package io.mainstay.verification.simulation;

import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.route.Directory;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.Submission;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;

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

    default Claims claims(Directory directory) {
        return new DirectoryClaims(directory);
    }

    default Queue<Submission> mailbox() {
        return new ArrayDeque<>();
    }

    // How a node has to behave, where the simulator found that it matters. Tests turn these off to show that.

    /** Whether a node takes nothing before every shard has told the directories what it holds. */
    default boolean waitsForEveryShard() {
        return true;
    }

    /** Whether the claims of a command stay, whose fate is unknown, until its shard has read its log again. */
    default boolean keepsUnknownClaims() {
        return true;
    }

    /** Whether a shard tells the directories what it holds after its recovery, and not in the course of it. */
    default boolean announcesAfterRecovery() {
        return true;
    }

    /** The part of a directory that a node uses for commands on their way. */
    interface Claims {
        int claim(UUID id, int shard);

        void settle(UUID id);
    }

    /** A directory's own claims. */
    record DirectoryClaims(Directory directory) implements Claims {
        @Override
        public int claim(UUID id, int shard) {
            return directory.claim(id, shard);
        }

        @Override
        public void settle(UUID id) {
            directory.settle(id);
        }
    }
}
