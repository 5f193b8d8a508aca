package io.mainstay.api;

import io.mainstay.core.gateway.ShardStatus;
import io.mainstay.core.gateway.ShardStatus.Phase;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * How the engine is. A database that has answered once is not asked again: without it commands and balances go on, so
 * neither a restart nor another server would help.
 */
@Singleton
public class EngineHealth {
    private final Engine engine;
    private final ProjectionTables tables;

    @Inject
    EngineHealth(Engine engine, ProjectionTables tables) {
        this.engine = engine;
        this.tables = tables;
    }

    /** The engine can be asked. */
    @Produces
    @Singleton
    @Startup
    HealthCheck started() {
        return () -> check("engine-started", phase -> true);
    }

    /** No shard has lost its thread. A shard that recovers, or waits for an operator, would not gain by a restart. */
    @Produces
    @Singleton
    @Liveness
    HealthCheck live() {
        return () -> check("engine-live", phase -> phase != Phase.STOPPED);
    }

    /** Every shard serves; one that an operator has paused or drained does not. */
    @Produces
    @Singleton
    @Readiness
    HealthCheck ready() {
        return () -> check("engine-ready", phase -> phase == Phase.SERVING);
    }

    /** The tables that reads of histories need were there since the start. */
    @Produces
    @Singleton
    @Readiness
    HealthCheck projectionReady() {
        return () -> HealthCheckResponse.named("projection-ready")
                .status(tables.seen())
                .build();
    }

    private HealthCheckResponse check(String name, Predicate<Phase> well) {
        HealthCheckResponseBuilder health = HealthCheckResponse.named(name);
        List<ShardStatus> shards;
        try {
            shards = engine.status();
        } catch (RuntimeException e) {
            return health.down().withData("engine", "cannot be asked").build();
        }
        for (ShardStatus shard : shards) {
            String prefix = "shard-" + shard.shard() + ".";
            health.withData(prefix + "phase", shard.phase().name()).withData(prefix + "nextOffset", shard.nextOffset());
            if (!shard.detail().isEmpty()) {
                health.withData(prefix + "detail", shard.detail());
            }
        }
        return health.status(!shards.isEmpty()
                        && shards.stream().map(ShardStatus::phase).allMatch(well))
                .build();
    }
}
