package io.mainstay.projector;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.Persistence;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;

/** The module's own persistence unit without a container: the same mappings and settings, a local transaction. */
final class StandaloneTransaction implements FrameTransaction, AutoCloseable {
    private final EntityManagerFactory factory;

    StandaloneTransaction(DataSource dataSource) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        settings.put("jakarta.persistence.jtaDataSource", "");
        settings.put("jakarta.persistence.nonJtaDataSource", dataSource);
        settings.put("eclipselink.session-name", "test-" + System.identityHashCode(dataSource));
        factory = Persistence.createEntityManagerFactory("mainstay", settings);
    }

    @Override
    public <R> R run(Function<EntityManager, R> work) {
        try (EntityManager entities = factory.createEntityManager()) {
            EntityTransaction transaction = entities.getTransaction();
            transaction.begin();
            try {
                R result = work.apply(entities);
                entities.flush();
                transaction.commit();
                return result;
            } finally {
                if (transaction.isActive()) {
                    transaction.rollback();
                }
            }
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
