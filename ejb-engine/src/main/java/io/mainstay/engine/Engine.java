package io.mainstay.engine;

import io.mainstay.core.EngineClock;
import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.gateway.ShardStatus.Phase;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.route.Directory;
import io.mainstay.core.route.Route;
import io.mainstay.core.route.ShardRouter;
import io.mainstay.core.shard.Submission.CommandSubmission;
import io.mainstay.core.shard.Submission.ReadSubmission;
import io.mainstay.core.snapshot.SnapshotStore;
import io.mainstay.core.wire.WireWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** All shards of this server, each on its thread, and the routing to them. */
public final class Engine implements CommandGateway {
    private static final Logger LOG = Logger.getLogger(Engine.class.getName());
    private static final long STOP_MILLIS_MAX = TimeUnit.SECONDS.toMillis(15);

    private static final int RETRY_AFTER_MILLIS = 1000;
    private static final String RECOVERING = "it has not recovered yet and may hold what the request is about";

    private final Domains domains;
    private final CommandMetrics metrics;
    private final Directory aggregates = new Directory();
    private final Directory keys = new Directory();
    private final ShardRouter router;
    private final List<ShardHost> hosts;
    private List<Thread> threads = List.of();

    /** Makes an engine that serves once it was started. */
    public Engine(
            EngineConfig config,
            Domains domains,
            Logs logs,
            IntFunction<? extends SnapshotStore> snapshots,
            EngineClock clock,
            CommandMetrics metrics) {
        this.domains = domains;
        this.metrics = metrics;
        this.router = new ShardRouter(config.shards(), aggregates);
        this.hosts = IntStream.range(0, config.shards())
                .mapToObj(shard ->
                        new ShardHost(shard, config, domains, logs, snapshots.apply(shard), clock, aggregates, keys))
                .toList();
    }

    /** Starts the shards; each serves when it has read its log. */
    public void start(ThreadFactory factory) {
        threads = hosts.stream()
                .map(host -> {
                    Thread thread = factory.newThread(host);
                    thread.setName("mainstay-shard-" + host.number());
                    thread.start();
                    return thread;
                })
                .toList();
    }

    /** Keeps every shard from serving, for a reason that only an operator can mend. */
    void refuse(String reason) {
        hosts.forEach(host -> host.refuse(reason));
    }

    /** Finishes what was taken, then ends the shards' threads. */
    public void stop() {
        hosts.forEach(ShardHost::stop);
        try {
            for (Thread thread : threads) {
                thread.join(STOP_MILLIS_MAX);
                if (thread.isAlive()) {
                    LOG.severe(() -> thread.getName() + " did not end within " + STOP_MILLIS_MAX + " ms");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hot: one call per command, on the caller's thread. */
    @Override
    public CompletionStage<Outcome> submit(Command command, UUID key) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        CommandMetrics.Measurement measurement = metrics.begin(command);
        // Asked before the route: a shard that recovers in between has made its ids known by then.
        boolean complete = allRecovered(command.route());
        int routed = router.shardOf(command.route());
        if (!complete && !allKnown(command.route())) {
            return refused(new Outcome.Unavailable(firstMissing(), RECOVERING, RETRY_AFTER_MILLIS), measurement);
        }
        if (routed == ShardRouter.CROSS_SHARD) {
            return refused(new Outcome.CrossShard(), measurement);
        }
        UUID creating = command.route() instanceof Route.Creating(var name, var aggregate) ? aggregate : null;
        int home = creating == null ? routed : aggregates.claim(creating, routed);
        int shard = keys.claim(key, home);
        CommandSubmission submission = CommandSubmission.of(command, encode(command, key), outcome -> {
            keys.settle(key);
            if (creating != null) {
                aggregates.settle(creating);
            }
            measurement.end(outcome);
            answer.complete(outcome);
        });
        Outcome refused = hosts.get(shard).offer(submission);
        if (refused != null) {
            submission.reply().accept(refused);
        }
        return answer;
    }

    private static CompletionStage<Outcome> refused(Outcome outcome, CommandMetrics.Measurement measurement) {
        measurement.end(outcome);
        return CompletableFuture.completedFuture(outcome);
    }

    /**
     * Whether the directories are complete enough for a route. An id that is not in them may be on a shard that has not
     * recovered. A shard that is damaged for good does not keep new aggregates from being made elsewhere.
     */
    private boolean allRecovered(Route route) {
        boolean damagedWillDo = route instanceof Route.Creating;
        for (ShardHost host : hosts) {
            if (!host.hasRecovered() && !(damagedWillDo && host.status().phase() == Phase.DAMAGED)) {
                return false;
            }
        }
        return true;
    }

    private boolean allKnown(Route route) {
        return route instanceof Route.Existing(var ids)
                && ids.stream().allMatch(id -> aggregates.find(id).isPresent());
    }

    private int firstMissing() {
        return hosts.stream()
                .filter(host -> !host.hasRecovered())
                .mapToInt(ShardHost::number)
                .findFirst()
                .orElse(0);
    }

    @Override
    public <S, R> CompletionStage<Optional<Reading<R>>> read(UUID aggregate, Class<S> stateType, Function<S, R> read) {
        boolean complete = hosts.stream().allMatch(ShardHost::hasRecovered);
        OptionalInt home = aggregates.find(aggregate);
        if (home.isEmpty() && !complete) {
            return CompletableFuture.failedFuture(
                    new EngineException(Severity.RETRY, "shard " + firstMissing() + ": " + RECOVERING));
        }
        if (home.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        int shard = home.getAsInt();
        CompletableFuture<Optional<Reading<R>>> answer = new CompletableFuture<>();
        ReadSubmission submission = new ReadSubmission(
                (state, nextOffset) -> {
                    try {
                        R value = read.apply(state.of(stateType));
                        answer.complete(Optional.of(new Reading<>(shard, nextOffset, value)));
                    } catch (RuntimeException bug) {
                        LOG.log(Level.WARNING, "a read of " + aggregate + " failed", bug);
                        answer.completeExceptionally(bug);
                    }
                },
                answer::completeExceptionally);
        Outcome refused = hosts.get(shard).offer(submission);
        if (refused != null) {
            answer.completeExceptionally(new EngineException(Severity.RETRY, refused.toString()));
        }
        return answer;
    }

    @Override
    public List<ShardStatus> status() {
        return hosts.stream().map(ShardHost::status).toList();
    }

    private LoggedCommand encode(Command command, UUID key) {
        WireWriter out = new WireWriter(128);
        domains.encode(command, out);
        return new LoggedCommand(key, domains.idOf(command), out.toByteArray());
    }

    /** Opens the shards' logs. */
    public interface Logs {
        /**
         * Called on the shard's thread, again after every failure.
         *
         * @param wakeUp to be called, from any thread, when an append is decided
         */
        WriteAheadLog open(int shard, Runnable wakeUp);
    }
}
