package io.mainstay.verification.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.EngineException;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.Append;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.route.KnownIds;
import io.mainstay.core.shard.Peers;
import io.mainstay.core.shard.Shard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.ShardReplica;
import io.mainstay.core.shard.Submission;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.LedgerEvent;
import io.mainstay.domain.ledger.LedgerState;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import io.mainstay.domain.ledger.ReserveTransfer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the simulator found, each as short as it could be made. */
final class FoundByTheSimulatorTest {
    private static final SimulationConfig NO_FAULTS =
            new SimulationConfig(1, 1, 1, 1, 1, 10, 100, 1_000_000, 1, 0, 0, 0, false, 100, 100, List.of());

    private final VirtualClock clock = new VirtualClock();
    private final ShardStorage storage = new ShardStorage(0, NO_FAULTS, new Dice(1), clock, new Trace());
    private final Queue<Submission> mailbox = new ArrayDeque<>();
    private int opened;

    /** Seeds 1533, 3747 and 4008 of the first version. */
    @Test
    void framesBehindARefusedOneAreNotTakenForTheNextOwnersAfterASnapshot() {
        settle(recovered(storage.log().open()));
        RefusesTheFirst log = new RefusesTheFirst(storage.log().open());
        Shard refused = recovered(log);
        submit();
        refused.poll();
        time();
        log.refuse();
        assertThatThrownBy(refused::poll).isInstanceOf(EngineException.class);
        Shard next = recovered(storage.log().open());
        time();
        replica().save(storage.snapshots());
        List<Outcome> answers = submit();
        settle(next);
        assertThat(answers).hasSize(1);

        assertThatCode(() -> recovered(storage.log().open())).doesNotThrowAnyException();
    }

    @Test
    void aTruncatedLogWithoutItsSnapshotsIsNotTakenForAnEmptyOne() {
        Shard shard = recovered(storage.log().open());
        submit();
        settle(shard);
        storage.truncate(replica().save(storage.snapshots()).sequence());
        settle(recovered(storage.log().open()));
        storage.snapshots().lose();

        assertThatThrownBy(() -> recovered(storage.log().open()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("log damaged at offset 0");
    }

    /** Seed 78 of the version with sagas: an account in debt expected twice what 64 bits hold. */
    @Test
    void whatAnAccountExpectsDoesNotLeave64Bits() {
        StateMachine<LedgerState, LedgerCommand, LedgerEvent> ledger = new LedgerDomain().stateMachine();
        LedgerState state = ledger.emptyState();
        UUID rich = new UUID(2, 1);
        UUID poor = new UUID(2, 2);
        UUID bank = new UUID(2, 3);
        long huge = Long.MAX_VALUE - 200;
        for (UUID account : List.of(rich, poor, bank)) {
            execute(ledger, state, new OpenAccount(account, "ledger", "EUR", OpenAccount.UNLIMITED));
        }
        execute(ledger, state, new PostTransfer(new UUID(3, 1), poor, rich, huge, ""));
        execute(ledger, state, new ReserveTransfer("", new UUID(3, 2), rich, poor, huge, "", 1_000_000));

        Decision<LedgerEvent> decision =
                execute(ledger, state, new ReserveTransfer("", new UUID(3, 3), bank, poor, 1000, "", 1_000_000));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        rejected -> assertThat(rejected.rejection().code()).isEqualTo("balance-overflow"));
        assertThat(state.account(poor).orElseThrow().expectedMinor()).isEqualTo(huge);
    }

    private static Decision<LedgerEvent> execute(
            StateMachine<LedgerState, LedgerCommand, LedgerEvent> ledger, LedgerState state, LedgerCommand command) {
        Decision<LedgerEvent> decision = ledger.decide(state, command, CommandContext.of(0, 0, 1));
        if (decision instanceof Decision.Accepted<LedgerEvent>(var events, var messages)) {
            events.forEach(event -> ledger.apply(state, event));
        }
        return decision;
    }

    private Shard recovered(WriteAheadLog log) {
        Shard shard = new Shard(
                0,
                ShardConfig.DEFAULT,
                new Domains(List.of(new LedgerDomain())),
                log,
                storage.snapshots(),
                clock,
                mailbox,
                KnownIds.NONE,
                Peers.NONE);
        shard.recover();
        return shard;
    }

    private ShardReplica replica() {
        return ShardReplica.build(
                0, ShardConfig.DEFAULT, new Domains(List.of(new LedgerDomain())), storage.snapshots(), storage.log());
    }

    private List<Outcome> submit() {
        List<Outcome> answers = new ArrayList<>();
        UUID id = new UUID(1, opened++);
        Request request = Request.of(id, new OpenAccount(id, "ledger", "EUR", 0));
        mailbox.add(Submission.CommandSubmission.of(request.command(), request.logged(), answers::add));
        return answers;
    }

    private void settle(Shard shard) {
        do {
            time();
        } while (shard.poll() || !shard.isIdle());
    }

    private void time() {
        clock.advance(1_000);
        storage.log().advance();
    }

    /** Refuses the first append and takes those behind it. */
    private static final class RefusesTheFirst extends LyingLog {
        private boolean asked;
        private Append.State state = Append.State.PENDING;

        RefusesTheFirst(WriteAheadLog honest) {
            super(honest);
        }

        void refuse() {
            state = Append.State.FAILED;
        }

        @Override
        public Append append(long sequence, byte[] frame, int size) {
            if (asked) {
                return super.append(sequence, frame, size);
            }
            asked = true;
            return new Append() {
                @Override
                public State state() {
                    return state;
                }

                @Override
                public String failure() {
                    return "refused by the test";
                }
            };
        }
    }
}
