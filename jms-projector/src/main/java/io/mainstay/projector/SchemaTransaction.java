package io.mainstay.projector;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/**
 * Transactions whose tables stand in another schema. They do not wait for the disk: what a crash takes away of them is projected
 * again, and the transaction that makes use of the tables waits for all before it.
 */
final class SchemaTransaction implements FrameTransaction {
    private final FrameTransaction transaction;
    private final String schema;

    SchemaTransaction(FrameTransaction transaction, String schema) {
        this.transaction = transaction;
        this.schema = schema;
    }

    @Override
    public <R> R run(Function<EntityManager, R> work) {
        return transaction.run(entities -> {
            entities.createNativeQuery("SET LOCAL search_path TO " + schema).executeUpdate();
            entities.createNativeQuery("SET LOCAL synchronous_commit TO off").executeUpdate();
            return work.apply(entities);
        });
    }
}
