package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.Reply;
import io.mainstay.core.log.InMemoryLog;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.route.Directory;
import io.mainstay.core.shard.CounterDomain.Sum;
import io.mainstay.core.snapshot.InMemorySnapshots;
import io.mainstay.core.snapshot.SnapshotId;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Function;

/** A shard of counters over a log in memory, with all that a test wants to do to it. */
final class TestShard {
    static final ShardConfig CONFIG = new ShardConfig(
            new ShardConfig.BatchLimits(100, 64 * 1024, 3, 1), new ShardConfig.KeyLimits(1000, 1_000_000_000));

    final int number;
    final InMemoryLog log = new InMemoryLog();
    final InMemorySnapshots snapshots = new InMemorySnapshots();
    final Directory aggregates = new Directory();
    final Queue<Submission> mailbox = new ArrayDeque<>();
    long nowMicros = 1000;
    private final Peers peers;
    private final ShardConfig config;
    private Domains domains = new Domains(List.of(new CounterDomain(1)));
    private Shard shard;
    private Recovery recovery;

    TestShard(int number, ShardConfig config, Peers peers) {
        this.number = number;
        this.config = config;
        this.peers = peers;
        this.shard = create();
        this.recovery = shard.recover();
    }

    TestShard(ShardConfig config) {
        this(0, config, Peers.NONE);
    }

    void install(Domain<?, ?, ?>... installed) {
        domains = new Domains(List.of(installed));
    }

    Recovery recovery() {
        return recovery;
    }

    Shard shard() {
        return shard;
    }

    /** Loses what is not synced and all that waits, and recovers from the log. */
    void crash() {
        log.crash();
        log.syncAtOnce();
        restart();
    }

    void restart() {
        mailbox.clear();
        shard = create();
        recovery = shard.recover();
    }

    /** Polls until there is nothing to do. */
    void settle() {
        while (shard.poll()) {}
    }

    Outcome decide(int key, Command command) {
        List<Outcome> answers = submit(key, command);
        settle();
        return answers.get(0);
    }

    List<Outcome> submit(int key, Command command) {
        return submit(key, LoggedCommand.ANY_VERSION, command);
    }

    List<Outcome> submit(int key, long expectedVersion, Command command) {
        List<Outcome> answers = new ArrayList<>();
        submit(key, expectedVersion, command, answers::add);
        return answers;
    }

    void submit(int key, Command command, Reply reply) {
        submit(key, LoggedCommand.ANY_VERSION, command, reply);
    }

    private void submit(int key, long expectedVersion, Command command, Reply reply) {
        WireWriter out = new WireWriter(8);
        domains.encode(command, out);
        mailbox.add(Submission.CommandSubmission.of(
                command,
                new LoggedCommand(new UUID(7, key), domains.idOf(command), expectedVersion, out.toByteArray()),
                reply));
    }

    SnapshotId takeSnapshot() {
        return replica().save(snapshots);
    }

    ShardReplica replica() {
        return ShardReplica.build(number, config, domains, snapshots, log.retained());
    }

    Submission.StateAt state() {
        List<Submission.StateAt> states = new ArrayList<>();
        mailbox.add(new Submission.HashSubmission(states::add, refused -> {}));
        settle();
        return states.get(0);
    }

    /** The shard as its log makes it. */
    ReplayedShard replayed() {
        ReplayedShard replayed = ReplayedShard.empty(number, config, domains);
        log.retained().read(frame -> replayed.read(LogFrame.parse(frame)));
        replayed.decideTail();
        return replayed;
    }

    <S, R> R read(Class<S> stateType, Function<S, R> read) {
        List<R> readings = new ArrayList<>();
        mailbox.add(new Submission.ReadSubmission(
                (state, nextOffset) -> readings.add(read.apply(state.of(stateType))), refused -> {}));
        while (readings.isEmpty()) {
            shard.poll();
        }
        return readings.get(0);
    }

    long sum() {
        long[] sum = new long[1];
        mailbox.add(new Submission.ReadSubmission((state, nextOffset) -> sum[0] = state.of(Sum.class).sum, e -> {}));
        while (!mailbox.isEmpty() && shard.poll()) {}
        return sum[0];
    }

    List<Long> amounts() {
        List<Long> amounts = new ArrayList<>();
        mailbox.add(new Submission.ReadSubmission(
                (state, nextOffset) -> amounts.addAll(state.of(Sum.class).amounts), e -> {}));
        while (!mailbox.isEmpty()) {
            shard.poll();
        }
        return amounts;
    }

    private Shard create() {
        return new Shard(number, config, domains, log.open(), snapshots, () -> nowMicros, mailbox, aggregates, peers);
    }
}
