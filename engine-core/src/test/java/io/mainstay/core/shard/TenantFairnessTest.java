package io.mainstay.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.log.Append;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.route.Directory;
import io.mainstay.core.snapshot.InMemorySnapshots;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long one tenant's commands take while another one floods the shard, in virtual time: a sync takes as long as on a disk,
 * and each command keeps the shard busy.
 */
final class TenantFairnessTest {
    private static final long SYNC_MICROS = 500;
    private static final long COMMAND_NANOS = 1000;
    private static final long MODEST_PERIOD_MICROS = 3111;
    private static final int MODEST_COUNT = 300;
    private static final int FAIR_FACTOR = 2;

    private final SlowLog log = new SlowLog();
    private final Queue<Submission> mailbox = new ArrayDeque<>();
    private final Domains domains = new Domains(List.of(new TenantDomain()));
    private Shard shard = shard(ShardConfig.BatchLimits.DEFAULT);
    private long nowNanos;
    private int keys;
    private long flooded;

    @ParameterizedTest
    @ValueSource(ints = {100, 500, 5000, 20_000})
    void aFloodDoesNotDoubleTheLatencyOfOthers(int callers) {
        shard.recover();
        long quiet = p99Micros();
        for (int left = callers; left > 0; left--) {
            flood();
        }
        long beside = p99Micros();
        assertThat(beside)
                .as("p99 beside %d callers of another tenant, which is %d µs without them", callers, quiet)
                .isLessThanOrEqualTo(FAIR_FACTOR * quiet);
        assertThat(flooded).as("commands of the flood").isGreaterThan(10L * MODEST_COUNT);
    }

    /** So it is the share that does it. */
    @Test
    void withoutSharesItWould() {
        shard = shard(new ShardConfig.BatchLimits(4096, 256 * 1024, 4, 256, 4096));
        shard.recover();
        long quiet = p99Micros();
        for (int left = 20_000; left > 0; left--) {
            flood();
        }
        long beside = p99Micros();
        assertThat(beside).isGreaterThan(FAIR_FACTOR * quiet);
    }

    @Test
    void aLoneTenantHasWholeFrames() {
        shard.recover();
        for (int left = 20_000; left > 0; left--) {
            flood();
        }
        run(nowNanos + 1_000_000_000);
        assertThat(log.largestBytes).isGreaterThan(100_000);
    }

    private Shard shard(ShardConfig.BatchLimits batches) {
        return new Shard(
                0,
                new ShardConfig(batches, ShardConfig.KeyLimits.DEFAULT),
                domains,
                log,
                new InMemorySnapshots(),
                this::nowMicros,
                mailbox,
                new Directory(),
                Peers.NONE);
    }

    private long p99Micros() {
        List<Long> micros = new ArrayList<>();
        for (int left = MODEST_COUNT; left > 0; left--) {
            run(nowNanos + MODEST_PERIOD_MICROS * 1000);
            long beginNanos = nowNanos;
            submit("modest", outcome -> micros.add((nowNanos - beginNanos) / 1000));
        }
        run(nowNanos + 1_000_000_000);
        assertThat(micros).hasSize(MODEST_COUNT);
        Collections.sort(micros);
        return micros.get(MODEST_COUNT * 99 / 100);
    }

    /** A caller who asks again as soon as it is answered. */
    private void flood() {
        submit("flooding", outcome -> {
            flooded++;
            flood();
        });
    }

    private void submit(String tenant, Consumer<Outcome> reply) {
        Command command = new TenantDomain.Hit(tenant);
        WireWriter out = new WireWriter(16);
        domains.encode(command, out);
        mailbox.add(Submission.CommandSubmission.of(
                command,
                new LoggedCommand(new UUID(0, keys++), TenantDomain.ID, LoggedCommand.ANY_VERSION, out.toByteArray()),
                outcome -> {
                    nowNanos += COMMAND_NANOS;
                    reply.accept(outcome);
                }));
    }

    /** Lets the shard work up to a time; while it has nothing to do, time passes up to the next sync. */
    private void run(long untilNanos) {
        while (nowNanos < untilNanos) {
            if (!shard.poll()) {
                nowNanos = Math.min(untilNanos, Math.max(nowNanos + 1, log.nextNanos()));
            }
        }
    }

    private long nowMicros() {
        return nowNanos / 1000;
    }

    /** A log whose frames are durable some time after they were appended, in their order. */
    private final class SlowLog implements WriteAheadLog {
        private final ArrayDeque<Long> syncs = new ArrayDeque<>();
        private int largestBytes;

        @Override
        public void recover(Consumer<byte[]> frames) {}

        @Override
        public Append append(long sequence, byte[] frame, int size) {
            largestBytes = Math.max(largestBytes, size);
            long durableNanos = nowNanos + SYNC_MICROS * 1000;
            syncs.add(durableNanos);
            return new Append() {
                @Override
                public State state() {
                    return nowNanos >= durableNanos ? State.DURABLE : State.PENDING;
                }

                @Override
                public String failure() {
                    return "";
                }
            };
        }

        long nextNanos() {
            while (!syncs.isEmpty() && syncs.element() <= nowNanos) {
                syncs.remove();
            }
            return syncs.isEmpty() ? Long.MAX_VALUE : syncs.element();
        }

        @Override
        public void close() {}
    }
}
