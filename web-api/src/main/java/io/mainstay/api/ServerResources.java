package io.mainstay.api;

import io.mainstay.core.deadletters.DeadLetterOperations;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.projection.ProjectionFeed;
import io.mainstay.core.rebuild.Rebuilds;
import io.mainstay.core.reconcile.Reconciliation;
import io.mainstay.core.replay.LogOperations;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Timer;

/** All that the API gets from outside: the engine, threads to answer on, the database of the projections, settings. */
@Singleton
@SuppressWarnings("NullAway.Init")
final class ServerResources {
    @Produces
    @FromServer
    @EJB(lookup = "java:app/ejb-engine/EngineHost!io.mainstay.core.gateway.CommandGateway")
    CommandGateway engine;

    @Produces
    @FromServer
    @EJB(lookup = "java:app/ejb-engine/EngineHost!io.mainstay.core.replay.LogOperations")
    LogOperations logs;

    @Produces
    @FromServer
    @EJB(lookup = "java:app/jms-projector/ReconcileHost!io.mainstay.core.reconcile.Reconciliation")
    Reconciliation reconciliation;

    @Produces
    @FromServer
    @EJB(lookup = "java:app/jms-projector/ProjectionFeedHost!io.mainstay.core.projection.ProjectionFeed")
    ProjectionFeed projections;

    @Produces
    @FromServer
    @EJB(lookup = "java:app/jms-projector/Projector!io.mainstay.core.rebuild.Rebuilds")
    Rebuilds rebuilds;

    @Produces
    @FromServer
    @EJB(lookup = "java:app/jms-projector/DeadLetterHost!io.mainstay.core.deadletters.DeadLetterOperations")
    DeadLetterOperations deadLetters;

    @Produces
    @FromServer
    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    ManagedThreadFactory threads;

    @Produces
    @FromServer
    @Resource(lookup = "java:comp/DefaultContextService")
    ContextService context;

    @Resource(lookup = "jdbc/mainstay-read")
    private DataSource database;

    /** The database that is read, with the time that its connections are waited for in the metrics. */
    @Produces
    @Singleton
    @FromServer
    DataSource database(MetricRegistry registry) {
        Timer waited = registry.timer(Metadata.builder()
                .withName("mainstay_read_connection")
                .withDescription("Time that reads wait for a connection of the pool")
                .build());
        return new TimedPool(database, waited::update);
    }

    @Produces
    @FromServer
    static PoolConfig poolConfig() {
        return PoolConfig.from(ServerResources::setting);
    }

    @Produces
    @Singleton
    @FromServer
    static Domains domains() {
        return Domains.load(ServerResources.class.getClassLoader());
    }

    @Produces
    @FromServer
    static ApiConfig config() {
        return ApiConfig.from(ServerResources::setting);
    }

    @Produces
    @FromServer
    static CacheConfig cacheConfig() {
        return CacheConfig.from(ServerResources::setting);
    }

    private static Optional<String> setting(String name) {
        return ConfigProvider.getConfig().getOptionalValue(name, String.class);
    }
}
