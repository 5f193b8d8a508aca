package io.mainstay.engine;

import io.mainstay.core.EngineClock;
import io.mainstay.core.EngineException;
import io.mainstay.core.EngineException.Severity;
import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.CommandRequest;
import io.mainstay.core.gateway.CommandRouter;
import io.mainstay.core.gateway.Destination;
import io.mainstay.core.gateway.HolderSearch;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.core.gateway.Reply;
import io.mainstay.core.gateway.ShardOperations;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.log.WriteAheadLog;
import io.mainstay.core.pipeline.CommandPipeline;
import io.mainstay.core.quota.CommandQuota;
import io.mainstay.core.quota.StoredCounts;
import io.mainstay.core.quota.StoredQuota;
import io.mainstay.core.route.Homes;
import io.mainstay.core.route.Route;
import io.mainstay.core.shard.Submission;
import io.mainstay.core.shard.Submission.CommandSubmission;
import io.mainstay.core.shard.Submission.HashSubmission;
import io.mainstay.core.shard.Submission.ReadSubmission;
import io.mainstay.core.shard.Submission.StateAt;
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
import org.jspecify.annotations.Nullable;

/** All shards of this server, each on its thread, and the routing to them. */
public final class Engine implements CommandGateway, ShardOperations {
    private static final Logger LOG = Logger.getLogger(Engine.class.getName());
    private static final long STOP_MILLIS_MAX = TimeUnit.SECONDS.toMillis(15);

    private final Domains domains;
    private final CommandMetrics metrics;
    private final CommandRouter router;
    private final CommandPipeline pipeline;
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
        this.router = new CommandRouter(config.shards());
        StoredCounts stored = new StoredCounts(config.shards());
        StoredQuota storedQuota = new StoredQuota(config.quotas(), stored, router::isKnown);
        this.pipeline = CommandPipeline.load(
                domains,
                List.of(new CommandQuota(config.quotas(), clock), storedQuota),
                List.of(storedQuota),
                Engine.class.getClassLoader(),
                Engine::failed);
        this.hosts = IntStream.range(0, config.shards())
                .mapToObj(shard -> new ShardHost(
                        shard, config, domains, logs, snapshots.apply(shard), clock, router, stored, this::deliver))
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
    public void submit(CommandRequest request, Reply reply) {
        Command command = request.command();
        CommandMetrics.Measurement measurement = metrics.begin(command);
        Outcome.Denied denied = pipeline.enter(request);
        if (denied != null) {
            answer(request, denied, measurement, reply);
            return;
        }
        // Before the route: a command that cannot be encoded must not leave a claim behind.
        Route route = command.route();
        Passage passage =
                new Passage(request, encode(request), CommandRouter.claims(route) ? route : null, measurement, reply);
        send(passage, router.route(route));
    }

    private void send(Passage passage, Destination destination) {
        switch (destination) {
            case Destination.Refused(var outcome) -> passage.answer(outcome);
            case Destination.Search search -> {
                HolderSearch holders = new HolderSearch(search, hosts.size(), found -> send(passage, found));
                hosts.forEach(host -> ask(host, passage.request.command(), holders));
            }
            case Destination.Shard(var shard, var homes) -> {
                ShardHost host = hosts.get(shard);
                passage.host = host;
                Outcome refused = host.offer(
                        CommandSubmission.of(passage.request.command(), passage.logged.with(homes), passage));
                if (refused != null) {
                    passage.host = null;
                    passage.accept(refused);
                }
            }
        }
    }

    private static void ask(ShardHost host, Command command, HolderSearch holders) {
        Destination.Shard shard = new Destination.Shard(host.number(), Homes.HERE);
        Outcome refused = host.offer(new ReadSubmission(
                (state, nextOffset) -> holders.answer(shard, state.holds(command)),
                failure -> holders.refuse(host.number())));
        if (refused != null) {
            holders.refuse(host.number());
        }
    }

    /** A command on its way to its shard: ends what its routing began, and answers. */
    private final class Passage implements Reply {
        private final CommandRequest request;
        private final LoggedCommand logged;
        /** Null if nothing has to be ended: the shard's thread need not look at a route that a caller's has made. */
        private final @Nullable Route claim;

        private final CommandMetrics.Measurement measurement;
        private final Reply reply;
        /** That has the command in hand; set before it gets it, and from then on used by its thread alone. */
        private @Nullable ShardHost host;

        Passage(
                CommandRequest request,
                LoggedCommand logged,
                @Nullable Route claim,
                CommandMetrics.Measurement measurement,
                Reply reply) {
            this.request = request;
            this.logged = logged;
            this.claim = claim;
            this.measurement = measurement;
            this.reply = reply;
        }

        @Override
        public void accept(Outcome outcome) {
            leave();
            if (claim != null) {
                router.settle(claim, outcome);
            }
            answer(outcome);
        }

        private void leave() {
            if (host != null) {
                host.answered(request.command());
                host = null;
            }
        }

        @Override
        public void begun(Outcome.Begun begun) {
            leave();
            try {
                reply.begun(begun);
            } catch (RuntimeException bug) {
                failed(reply, request, bug);
            }
        }

        void answer(Outcome outcome) {
            Engine.this.answer(request, outcome, measurement, reply);
        }
    }

    /** From shard to shard. */
    private boolean deliver(int shard, Submission submission) {
        if (shard < 0 || shard >= hosts.size()) {
            throw new EngineException(
                    Severity.FATAL, "a message to shard " + shard + ", there are " + hosts.size() + " from 0 on");
        }
        return hosts.get(shard).offer(submission) == null;
    }

    private static void failed(Object called, CommandRequest request, RuntimeException bug) {
        LOG.log(
                Level.WARNING,
                bug,
                () -> called.getClass().getName() + " failed at "
                        + request.command().getClass().getSimpleName() + " " + request.key());
    }

    /** A caller whose reply fails does not stop the shard. */
    private void answer(CommandRequest request, Outcome outcome, CommandMetrics.Measurement measurement, Reply reply) {
        measurement.end(outcome);
        pipeline.leave(request, outcome);
        try {
            reply.accept(outcome);
        } catch (RuntimeException bug) {
            failed(reply, request, bug);
        }
    }

    @Override
    public <S, R> CompletionStage<Optional<Reading<R>>> read(UUID aggregate, Class<S> stateType, Function<S, R> read) {
        OptionalInt home;
        try {
            home = router.locate(aggregate);
        } catch (EngineException notYet) {
            return CompletableFuture.failedFuture(notYet);
        }
        if (home.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return read(hosts.get(home.getAsInt()), stateType, read).thenApply(Optional::of);
    }

    @Override
    public <S, R> CompletionStage<List<Reading<R>>> readAll(Class<S> stateType, Function<S, R> read) {
        List<CompletableFuture<Reading<R>>> readings =
                hosts.stream().map(host -> read(host, stateType, read)).toList();
        return CompletableFuture.allOf(readings.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> readings.stream().map(CompletableFuture::join).toList());
    }

    private static <S, R> CompletableFuture<Reading<R>> read(ShardHost host, Class<S> stateType, Function<S, R> read) {
        CompletableFuture<Reading<R>> answer = new CompletableFuture<>();
        ReadSubmission submission = new ReadSubmission(
                (state, nextOffset) -> {
                    try {
                        R value = read.apply(state.of(stateType));
                        answer.complete(new Reading<>(host.number(), nextOffset, value));
                    } catch (RuntimeException bug) {
                        LOG.log(Level.WARNING, bug, () -> "a read of shard " + host.number() + " failed");
                        answer.completeExceptionally(bug);
                    }
                },
                answer::completeExceptionally);
        Outcome refused = host.offer(submission);
        if (refused != null) {
            answer.completeExceptionally(new EngineException(Severity.RETRY, refused.toString()));
        }
        return answer;
    }

    @Override
    public List<ShardStatus> status() {
        return hosts.stream().map(ShardHost::status).toList();
    }

    @Override
    public void pause(int shard, Order order) {
        host(shard).pause(order);
    }

    @Override
    public void drain(int shard, Order order) {
        host(shard).drain(order);
    }

    @Override
    public void resume(int shard, Order order) {
        host(shard).resume(order);
    }

    /** The same store, of which the shard's status tells what is written to it. */
    SnapshotStore noted(int shard, SnapshotStore snapshots) {
        return new NotedSnapshots(snapshots, written -> host(shard).snapshotTaken(written.offset()));
    }

    /** The hash of a shard's state, between two batches; fails with {@link EngineException} RETRY if it does not serve. */
    CompletableFuture<StateAt> stateAt(int shard) {
        CompletableFuture<StateAt> answer = new CompletableFuture<>();
        Outcome refused = host(shard).offer(new HashSubmission(answer::complete, answer::completeExceptionally));
        if (refused != null) {
            answer.completeExceptionally(new EngineException(Severity.RETRY, refused.toString()));
        }
        return answer;
    }

    private ShardHost host(int shard) {
        if (shard < 0 || shard >= hosts.size()) {
            throw new IllegalArgumentException("there is no shard " + shard + ", only 0 to " + (hosts.size() - 1));
        }
        return hosts.get(shard);
    }

    private LoggedCommand encode(CommandRequest request) {
        WireWriter out = new WireWriter(128);
        domains.encode(request.command(), out);
        return new LoggedCommand(
                request.key(), domains.idOf(request.command()), request.expectedVersion(), out.toByteArray());
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
