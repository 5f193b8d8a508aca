package io.mainstay.engine;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.InMemoryLog;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.RetainedLog;
import io.mainstay.core.route.KnownIds;
import io.mainstay.core.shard.Peers;
import io.mainstay.core.shard.Shard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.ShardReplica;
import io.mainstay.core.shard.Submission;
import io.mainstay.core.shard.Submission.CommandSubmission;
import io.mainstay.core.shard.Submission.HashSubmission;
import io.mainstay.core.shard.Submission.StateAt;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.PostTransfer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A real shard of the ledger that fills a log: one second and two accounts, then transfers, a frame each. */
final class LedgerLog {
    static final Domains DOMAINS = new Domains(List.of(new LedgerDomain()));
    static final UUID BANK = new UUID(1, 1);
    static final UUID ALICE = new UUID(1, 2);
    static final long START_MICROS = 1_700_000_000_000_000L;
    static final long SECOND_MICROS = 1_000_000;

    final InMemoryLog log = new InMemoryLog();
    private final SnapshotStore snapshots;
    private final ArrayDeque<Submission> mailbox = new ArrayDeque<>();
    private Shard shard;
    private long nowMicros;
    private long keys;

    LedgerLog(SnapshotStore snapshots) {
        this(snapshots, START_MICROS);
    }

    LedgerLog(SnapshotStore snapshots, long startMicros) {
        this.snapshots = snapshots;
        this.nowMicros = startMicros;
        this.shard = restarted();
        run(new OpenAccount(BANK, "main", "EUR", OpenAccount.UNLIMITED));
        run(new OpenAccount(ALICE, "main", "EUR", 0));
    }

    /** Each a second later, so that the transfer at offset N has the time N seconds after the start. */
    void transfer(int count) {
        for (int index = 0; index < count; index++) {
            run(new PostTransfer(new UUID(2, keys), BANK, ALICE, 1, ""));
        }
    }

    /** As after a crash: a new owner with a new epoch. */
    void restart() {
        shard = restarted();
    }

    RetainedLog retained() {
        return log.retained();
    }

    List<LogFrame> frames() {
        return log.frames().stream().map(LogFrame::parse).toList();
    }

    /** What the shard itself says of its state. */
    StateAt liveState() {
        List<StateAt> answers = new ArrayList<>();
        mailbox.add(new HashSubmission(answers::add, refused -> {
            throw refused;
        }));
        settle(shard);
        return answers.get(0);
    }

    SnapshotId snapshot() {
        return ShardReplica.build(0, ShardConfig.DEFAULT, DOMAINS, snapshots, retained())
                .save(snapshots);
    }

    byte[] stateHash() {
        return ShardReplica.build(0, ShardConfig.DEFAULT, DOMAINS, snapshots, retained())
                .stateHash();
    }

    private Shard restarted() {
        Shard fresh = new Shard(
                0,
                ShardConfig.DEFAULT,
                DOMAINS,
                log.open(),
                snapshots,
                () -> nowMicros,
                mailbox,
                KnownIds.NONE,
                Peers.NONE);
        fresh.recover();
        settle(fresh);
        return fresh;
    }

    private void run(Command command) {
        List<Outcome> answers = new ArrayList<>();
        mailbox.add(CommandSubmission.of(command, encode(command), answers::add));
        settle(shard);
        if (!(answers.get(0) instanceof Outcome.Accepted)) {
            throw new AssertionError(command + " was answered by " + answers);
        }
        nowMicros += SECOND_MICROS;
    }

    private static void settle(Shard shard) {
        while (shard.poll() || !shard.isIdle()) {
            Thread.onSpinWait();
        }
    }

    private LoggedCommand encode(Command command) {
        WireWriter out = new WireWriter(128);
        DOMAINS.encode(command, out);
        return new LoggedCommand(new UUID(3, keys++), DOMAINS.idOf(command), out.toByteArray());
    }
}
