package io.mainstay.projector;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A transaction of the container with the database as its only resource: committed in one phase. */
final class JtaTransaction implements FrameTransaction {
    private static final Logger LOG = Logger.getLogger(JtaTransaction.class.getName());

    private final UserTransaction transaction;
    private final EntityManagerFactory factory;

    JtaTransaction(UserTransaction transaction, EntityManagerFactory factory) {
        this.transaction = transaction;
        this.factory = factory;
    }

    @Override
    public <R> R run(Function<EntityManager, R> work) {
        try {
            transaction.begin();
        } catch (NotSupportedException | SystemException e) {
            throw new PersistenceException("no transaction begun", e);
        }
        boolean committed = false;
        try (EntityManager entities = factory.createEntityManager()) {
            R result = work.apply(entities);
            // Here and not in the commit, whose exception does not always tell the database's reason.
            entities.flush();
            transaction.commit();
            committed = true;
            return result;
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException | SystemException e) {
            throw new PersistenceException("transaction not committed", e);
        } finally {
            if (!committed) {
                rollback();
            }
        }
    }

    private void rollback() {
        try {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        } catch (SystemException | RuntimeException e) {
            LOG.log(Level.FINE, "rollback failed; the connection is gone", e);
        }
    }
}
