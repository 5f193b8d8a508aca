package io.mainstay.projector;

import io.mainstay.core.config.SharedKeys;
import io.mainstay.core.deadletters.DeadLetterOperations;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LogFrame;
import io.mainstay.core.projection.ProjectionHook;
import io.mainstay.core.rebuild.RebuildStatus;
import io.mainstay.core.rebuild.Rebuilds;
import io.mainstay.core.replay.ShardLogs;
import io.mainstay.core.targets.ProjectionTarget;
import io.mainstay.core.wire.WireException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ApplicationException;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.LocalBean;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;

/**
 * Hosts the projection in the application: migrates the schema, then reads each shard's log for each target, on a thread of
 * its own.
 *
 * <p>The application starts whether or not the database is there.
 */
@Singleton
@Startup
@LocalBean
@Local(Rebuilds.class)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init")
public class Projector implements Rebuilds {
    private static final Logger LOG = Logger.getLogger(Projector.class.getName());
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_LIMIT = Duration.ofSeconds(5);
    /** A server that runs a rebuild says each second how far it is. */
    private static final Duration REBUILD_SILENCE = Duration.ofSeconds(5);
    /** A transaction in hand ends, or is stopped where it waits. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    @EJB(lookup = "java:app/ejb-engine/EngineHost!io.mainstay.core.replay.ShardLogs")
    private ShardLogs logs;

    @EJB(lookup = "java:app/jms-projector/ProjectionFeedHost!io.mainstay.core.projection.ProjectionHook")
    private ProjectionHook feed;

    /** Each connection is one of its own: a rebuild looks at the database from two transactions at once, on one thread. */
    @Resource(lookup = "jdbc/mainstay-schema", shareable = false)
    private DataSource dataSource;

    @Resource
    private UserTransaction transaction;

    @Resource
    private ManagedThreadFactory threads;

    @Resource
    private SessionContext context;

    @PersistenceUnit(unitName = "mainstay")
    private EntityManagerFactory entities;

    @Inject
    private MetricRegistry registry;

    private final StopSignal stop = new StopSignal();
    private final List<List<Subscription>> subscriptions = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private DeadLetterDesk deadLetters;
    private RebuildRuns rebuilds;

    /** Takes the frame of a message that states to be of this shard, without waiting. */
    public void offer(int shard, byte[] bytes) {
        try {
            LogFrame frame = LogFrame.parse(bytes);
            if (shard != frame.header().shard() || shard >= subscriptions.size()) {
                throw new WireException("it is of shard " + frame.header().shard());
            }
            subscriptions.get(shard).forEach(subscription -> subscription.offer(frame));
        } catch (WireException | IllegalArgumentException damage) {
            // The log has the same bytes: whoever reads them there says what follows from that.
            LOG.log(Level.SEVERE, damage, () -> "a delivered frame of shard " + shard + " is damaged");
        }
    }

    /** What operators do with events that could not be projected. */
    public DeadLetterOperations deadLetters() {
        return deadLetters;
    }

    /**
     * Runs work in a transaction. The container gives transactions to beans that are called, so readers call this one. What
     * fails comes as an application's exception: of all others the container logs the text, and the database's may quote rows.
     */
    public <R> R run(Function<EntityManager, R> work) {
        try {
            return new JtaTransaction(transaction, entities).run(work);
        } catch (RuntimeException failure) {
            throw failure.getClass().isAnnotationPresent(ApplicationException.class)
                    ? failure
                    : new FailedTransactionException(failure);
        }
    }

    @Override
    public CompletionStage<RebuildStatus> start(String target) {
        return rebuilds.start(target);
    }

    @Override
    public CompletionStage<RebuildStatus> cancel(String target) {
        return rebuilds.cancel(target);
    }

    @Override
    public CompletionStage<List<RebuildStatus>> status() {
        return rebuilds.status();
    }

    @PostConstruct
    void start() {
        ClassLoader loader = Projector.class.getClassLoader();
        Clock clock = Clock.systemUTC();
        Backoff backoff = new Backoff(
                RETRY_FIRST, RETRY_LIMIT, () -> ThreadLocalRandom.current().nextDouble());
        Function<String, Optional<String>> source =
                name -> ConfigProvider.getConfig().getOptionalValue(name, String.class);
        ProjectionConfig config = ProjectionConfig.from(source);
        Domains domains = Domains.load(loader);
        List<ProjectionTarget> targets = Targets.load(loader, domains, config.targets());
        Hooks hooks = new Hooks(Stream.concat(
                        Stream.of(feed),
                        ServiceLoader.load(ProjectionHook.class, loader).stream()
                                .map(ServiceLoader.Provider::get))
                .toList());
        Schema schema = new Schema(dataSource, new Migrations(loader, targets, clock), backoff, stop);
        registry.gauge(
                Metadata.builder()
                        .withName("mainstay_partitions_default_filled")
                        .withDescription("Partitioned tables with rows of months that no partition is there for")
                        .withUnit(MetricUnits.NONE)
                        .build(),
                schema,
                Schema::strays);
        Retention retention = Retention.from(source);
        CircuitBreaker breaker = new CircuitBreaker(backoff, clock, stop);
        RegistryMetrics.register(registry, breaker);
        RowTypes types = new RowTypes(targets);
        int shards = SharedKeys.SHARDS.read(source);
        for (int shard = 0; shard < shards; shard++) {
            subscriptions.add(new ArrayList<>());
        }
        FrameTransaction transactions = context.getBusinessObject(Projector.class)::run;
        Map<String, DeadLetterDesk.Target> desks = new HashMap<>();
        for (ProjectionTarget target : targets) {
            ProjectionMetrics metrics = new RegistryMetrics(registry, target.name(), clock);
            FrameProjection projection =
                    new FrameProjection(target, domains, types, config.copyRowsMin(), config.deadLettersMax(), clock);
            desks.put(
                    target.name(),
                    new DeadLetterDesk.Target(
                            projection, new DeadLetterReplay(projection, domains, hooks, clock), metrics));
            BatchProjector projector =
                    new BatchProjector(projection, transactions, hooks, metrics, backoff, breaker, stop);
            for (int shard = 0; shard < shards; shard++) {
                int own = shard;
                Subscription subscription =
                        new Subscription(shard, () -> logs.log(own), projector, config.batch(), metrics, backoff, stop);
                subscriptions.get(shard).add(subscription);
                readers.add(threads.newThread(() -> afterSchema(schema, subscription)));
            }
        }
        deadLetters = new DeadLetterDesk(desks, transactions, hooks, backoff, threads, stop);
        ShadowProjection shadow = new ShadowProjection(
                targets,
                loader,
                domains,
                types,
                config,
                dataSource,
                transactions,
                hooks,
                logs,
                threads,
                backoff,
                clock,
                stop);
        rebuilds = new RebuildRuns(
                dataSource,
                targets.stream().map(ProjectionTarget::name).toList(),
                shadow,
                threads,
                REBUILD_SILENCE,
                new RegistryRebuildMetrics(registry),
                stop);
        threads.newThread(() -> afterSchema(schema, rebuilds)).start();
        threads.newThread(() -> {
                    schema.prepare();
                    schema.lookAfter(retention);
                })
                .start();
        readers.forEach(Thread::start);
    }

    @PreDestroy
    void stop() {
        stop.stop();
        try {
            for (Thread reader : readers) {
                reader.join(STOP_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void afterSchema(Schema schema, Runnable work) {
        try {
            schema.await();
            work.run();
        } catch (StopSignal.StoppedException stopped) {
            LOG.fine("the application stops before the schema is up to date");
        }
    }
}
