package io.mainstay.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandRouter;
import io.mainstay.core.gateway.Destination;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.InMemoryLog;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.saga.SagaDomain;
import io.mainstay.core.saga.SagaState;
import io.mainstay.core.shard.ReplayedShard;
import io.mainstay.core.shard.Shard;
import io.mainstay.core.shard.ShardConfig;
import io.mainstay.core.shard.ShardState;
import io.mainstay.core.shard.Submission;
import io.mainstay.core.snapshot.InMemorySnapshots;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerDomain;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Real shards of both domains over logs in memory, with the router in front of them; messages between them may be lost. */
final class InMemoryShards {
    private static final long STEP_MICROS = 20_000;

    private final Domains domains = new Domains(List.of(new LedgerDomain(), new InventoryDomain(), new SagaDomain()));
    private final ShardConfig config;
    private final CommandRouter router;
    private final List<InMemoryLog> logs = new ArrayList<>();
    private final List<Queue<Submission>> mailboxes = new ArrayList<>();
    private final List<Shard> shards = new ArrayList<>();
    private final Random losses = new Random(7);
    private int lossPercent;
    private long nowMicros = 1_000_000;
    private int keys;

    InMemoryShards(int count) {
        config = new ShardConfig(
                new ShardConfig.BatchLimits(100, 64 * 1024, 3, 1),
                new ShardConfig.KeyLimits(100_000, 1_000_000_000),
                ShardConfig.DEFAULT.durability(),
                new ShardConfig.MessageLimits(1000, 10_000, 1000),
                Set.of(),
                ShardConfig.DEFAULT.formats(),
                count);
        router = new CommandRouter(count);
        for (int number = 0; number < count; number++) {
            logs.add(new InMemoryLog());
            mailboxes.add(new ArrayDeque<>());
            shards.add(open(number));
            router.recovered(number);
        }
    }

    /** From now on so many of a hundred messages are lost on their way. */
    void lose(int percent) {
        lossPercent = percent;
    }

    /** Submits a command and returns its answer, after everything has come to rest. */
    Outcome submit(Command command) {
        List<Outcome> answers = begin(command);
        settle();
        assertThat(answers).as(command.toString()).hasSize(1);
        return answers.get(0);
    }

    void accept(Command command) {
        assertThat(submit(command)).as(command.toString()).isInstanceOf(Outcome.Accepted.class);
    }

    void refuse(Command command, String code) {
        assertThat(submit(command))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().code()).isEqualTo(code));
    }

    /** Submits a command; its answer is added when it is there. */
    List<Outcome> begin(Command command) {
        List<Outcome> answers = new ArrayList<>();
        switch (router.route(command.route())) {
            case Destination.Shard shard -> offer(shard, command, answers);
            case Destination.Search search -> {
                Destination.Shard holder = search.fallback();
                for (int number = 0; number < shards.size(); number++) {
                    if (read(number, state -> state.holds(command))) {
                        holder = new Destination.Shard(number, search.fallback().homes());
                    }
                }
                offer(holder, command, answers);
            }
            case Destination.Refused(var outcome) -> answers.add(outcome);
        }
        return answers;
    }

    /** One turn of one shard. */
    void poll(int shard) {
        shards.get(shard).poll();
    }

    /** Every shard loses what is not synced, and what lies in its mailbox, and recovers. */
    void crash() {
        for (int number = 0; number < shards.size(); number++) {
            logs.get(number).crash();
            logs.get(number).syncAtOnce();
            mailboxes.get(number).clear();
            shards.set(number, open(number));
        }
    }

    /** Until nothing is under way any more. */
    void settle() {
        for (int turn = 0; turn < 2000; turn++) {
            boolean worked = true;
            while (worked) {
                worked = false;
                for (Shard shard : shards) {
                    worked |= shard.poll();
                }
            }
            if (sagas() == 0) {
                return;
            }
            nowMicros += STEP_MICROS;
        }
        throw new AssertionError(sagas() + " sagas do not end");
    }

    int count() {
        return shards.size();
    }

    int sagas() {
        int sagas = 0;
        for (int number = 0; number < shards.size(); number++) {
            sagas += read(number, state -> state.of(SagaState.class).size());
        }
        return sagas;
    }

    <R> R read(int shard, Function<ShardState, R> read) {
        List<R> readings = new ArrayList<>();
        mailboxes
                .get(shard)
                .add(new Submission.ReadSubmission(
                        (state, nextOffset) -> readings.add(read.apply(state)), refused -> {}));
        while (readings.isEmpty()) {
            shards.get(shard).poll();
        }
        return readings.get(0);
    }

    /** Each shard's log makes the state that the shard has. */
    void expectReplaysAreEqual() {
        for (int number = 0; number < shards.size(); number++) {
            List<byte[]> hashes = new ArrayList<>();
            mailboxes.get(number).add(new Submission.HashSubmission(state -> hashes.add(state.hash()), refused -> {}));
            while (hashes.isEmpty()) {
                shards.get(number).poll();
            }
            ReplayedShard replayed = ReplayedShard.empty(number, config, domains);
            logs.get(number).retained().read(frame -> replayed.read(LogFrame.parse(frame)));
            replayed.decideTail();
            assertThat(replayed.stateHash()).isEqualTo(hashes.get(0));
        }
    }

    private void offer(Destination.Shard shard, Command command, List<Outcome> answers) {
        WireWriter out = new WireWriter(64);
        domains.encode(command, out);
        mailboxes
                .get(shard.number())
                .add(Submission.CommandSubmission.of(
                        command,
                        new LoggedCommand(new UUID(7, ++keys), domains.idOf(command), out.toByteArray())
                                .with(shard.homes()),
                        outcome -> {
                            router.settle(command.route(), outcome);
                            answers.add(outcome);
                        }));
    }

    private Shard open(int number) {
        Shard shard = new Shard(
                number,
                config,
                domains,
                logs.get(number).open(),
                new InMemorySnapshots(),
                () -> nowMicros,
                mailboxes.get(number),
                router.aggregates(),
                (receiver, submission) -> {
                    if (losses.nextInt(100) >= lossPercent) {
                        mailboxes.get(receiver).add(submission);
                    }
                    return true;
                });
        shard.recover();
        return shard;
    }
}
