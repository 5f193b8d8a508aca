package io.mainstay.api;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.rebuild.Rebuilds;
import io.mainstay.core.reconcile.Reconciliation;
import io.mainstay.core.replay.LogOperations;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

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
    @EJB(lookup = "java:app/jms-projector/Projector!io.mainstay.core.rebuild.Rebuilds")
    Rebuilds rebuilds;

    @Produces
    @FromServer
    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    ManagedThreadFactory threads;

    @Produces
    @FromServer
    @Resource(lookup = "jdbc/mainstay-read")
    DataSource database;

    @Produces
    @Singleton
    @FromServer
    static Domains domains() {
        return Domains.load(ServerResources.class.getClassLoader());
    }

    @Produces
    @FromServer
    static ApiConfig config() {
        return ApiConfig.from(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
    }
}
