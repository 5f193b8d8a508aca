package io.mainstay.verification.benchmark;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.route.Directory;
import io.mainstay.core.shard.Peers;
import io.mainstay.core.shard.Shard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.Submission;
import io.mainstay.core.shard.Submission.CommandSubmission;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.snapshot.SnapshotSink;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import io.mainstay.domain.ledger.OpenAccount;
import java.util.ArrayDeque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** One shard of the ledger on the caller's thread, over a log that costs nothing. */
final class LoneShard {
    private final LedgerDomain ledger = new LedgerDomain();
    private final WireWriter encoded = new WireWriter(256);
    private final ArrayDeque<Submission> mailbox = new ArrayDeque<>();
    private final Directory aggregates = new Directory();
    private final Transfers transfers = new Transfers(1);
    private final Shard shard;
    private final UUID[] accounts;
    private long micros;
    private long answered;

    LoneShard(int accountCount, ShardConfig config) {
        shard = new Shard(
                0,
                config,
                new Domains(List.of(ledger)),
                new DurableAtOnce(),
                new NoSnapshots(),
                () -> ++micros,
                mailbox,
                aggregates,
                Peers.NONE);
        shard.recover();
        accounts = transfers.ids(accountCount);
        for (UUID account : accounts) {
            offer(new OpenAccount(account, "main", "EUR", OpenAccount.UNLIMITED));
            work();
        }
    }

    /** Puts a transfer with a key of its own into the mailbox, encoded as the engine's callers do. */
    void offerTransfer() {
        offer(transfers.between(accounts));
    }

    /** Takes all that waits through the log and answers it. */
    long work() {
        while (!mailbox.isEmpty() || shard.inFlightCount() > 0) {
            shard.poll();
        }
        return answered;
    }

    private void offer(LedgerCommand command) {
        UUID key = transfers.id();
        encoded.clear();
        ledger.commands().encode(command, encoded);
        LoggedCommand logged = new LoggedCommand(key, ledger.id(), encoded.toByteArray());
        mailbox.add(CommandSubmission.of(command, logged, outcome -> {
            if (!(outcome instanceof Outcome.Accepted)) {
                throw new IllegalStateException("not accepted: " + outcome);
            }
            answered++;
        }));
    }

    private static final class NoSnapshots implements SnapshotStore {
        @Override
        public List<SnapshotId> list() {
            return List.of();
        }

        @Override
        public void write(SnapshotId id, Consumer<SnapshotSink> content) {
            throw new UnsupportedOperationException("a benchmark without snapshots");
        }

        @Override
        public void read(SnapshotId id, Consumer<byte[]> chunks) {
            throw new UnsupportedOperationException("a benchmark without snapshots");
        }

        @Override
        public void retain(int newest) {}
    }
}
