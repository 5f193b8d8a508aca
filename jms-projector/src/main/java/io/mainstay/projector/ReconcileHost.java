package io.mainstay.projector;

import io.mainstay.core.domain.Domains;
import io.mainstay.core.gateway.CommandGateway;
import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.reconcile.ReconcileReport;
import io.mainstay.core.reconcile.Reconciliation;
import io.mainstay.core.replay.LogOperations;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Hosts the comparison of engine and database in the application. */
@Singleton
@Startup
@Local(Reconciliation.class)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init")
public class ReconcileHost implements Reconciliation {
    @EJB(lookup = "java:app/ejb-engine/EngineHost!io.mainstay.core.gateway.CommandGateway")
    private CommandGateway engine;

    @EJB(lookup = "java:app/ejb-engine/EngineHost!io.mainstay.core.replay.LogOperations")
    private LogOperations logs;

    @Resource(lookup = "jdbc/mainstay")
    private DataSource database;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private MetricRegistry registry;

    private final StopSignal stop = new StopSignal();
    private ReconcileRuns runs;

    @Override
    public CompletionStage<ReconcileReport> reconcile(OptionalInt shard) {
        return runs.reconcile(shard);
    }

    @PostConstruct
    void start() {
        ReconcileConfig config =
                ReconcileConfig.from(name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));
        Domains domains = Domains.load(ReconcileHost.class.getClassLoader());
        runs = new ReconcileRuns(
                () -> engine.status().stream().map(ShardStatus::shard).toList(),
                new ShardComparison(database, logs, domains),
                config,
                threads,
                new RegistryReconcileMetrics(registry, System::nanoTime),
                stop);
        runs.schedule();
    }

    @PreDestroy
    void stop() {
        stop.stop();
    }
}
