package io.mainstay.projector;

import io.mainstay.core.domain.Domains;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;

/**
 * Hosts the projection in the application: migrates the schema in a thread of its own, then lets frames in.
 *
 * <p>The application starts whether or not the database is there.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init")
public class Projector {
    /** The name of the positions of this projection. */
    static final String TARGET = "sql";

    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_LIMIT = Duration.ofSeconds(5);

    @Resource(lookup = "jdbc/mainstay-schema")
    private DataSource dataSource;

    @Resource
    private UserTransaction transaction;

    @Resource
    private ManagedThreadFactory threads;

    @PersistenceUnit(unitName = "mainstay")
    private EntityManagerFactory entities;

    @Inject
    private MetricRegistry registry;

    private final StopSignal stop = new StopSignal();
    private Schema schema;
    private FrameReceiver receiver;

    /** Waits for the schema, then deals with a frame; an exception asks the broker for it again. */
    public void receive(int shard, byte[] frame) {
        schema.await();
        receiver.receive(shard, frame);
    }

    @PostConstruct
    void start() {
        ClassLoader loader = Projector.class.getClassLoader();
        Clock clock = Clock.systemUTC();
        Backoff backoff = new Backoff(
                RETRY_FIRST, RETRY_LIMIT, () -> ThreadLocalRandom.current().nextDouble());
        Domains domains = Domains.load(loader);
        Retention retention = Retention.from(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
        schema = new Schema(dataSource, new Migrations(loader, domains, clock), backoff, stop);
        registry.gauge(
                Metadata.builder()
                        .withName("mainstay_partitions_default_filled")
                        .withDescription("Partitioned tables with rows of months that no partition is there for")
                        .withUnit(MetricUnits.NONE)
                        .build(),
                schema,
                Schema::strays);
        receiver = new FrameReceiver(
                new FrameProjection(TARGET, domains, clock),
                new JtaTransaction(transaction, entities),
                new RegistryMetrics(registry),
                backoff,
                new Outage(clock),
                stop);
        threads.newThread(() -> {
                    schema.prepare();
                    schema.lookAfter(retention);
                })
                .start();
    }

    @PreDestroy
    void stop() {
        stop.stop();
    }
}
