package io.mainstay.projector;

import io.mainstay.core.deadletters.DeadLetter;
import io.mainstay.core.deadletters.DeadLetterDetails;
import io.mainstay.core.deadletters.DeadLetterOperations;
import io.mainstay.core.deadletters.DeadLetterQuery;
import io.mainstay.core.deadletters.RetryReport;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Offers what operators do with dead letters to the application's other modules. */
@Singleton
@Local(DeadLetterOperations.class)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init")
public class DeadLetterHost implements DeadLetterOperations {
    @EJB
    private Projector projector;

    @Override
    public CompletionStage<List<DeadLetter>> list(DeadLetterQuery query) {
        return projector.deadLetters().list(query);
    }

    @Override
    public CompletionStage<DeadLetterDetails> show(UUID id) {
        return projector.deadLetters().show(id);
    }

    @Override
    public CompletionStage<RetryReport> retry(UUID id) {
        return projector.deadLetters().retry(id);
    }

    @Override
    public CompletionStage<DeadLetterDetails> discard(UUID id, String by, String reason) {
        return projector.deadLetters().discard(id, by, reason);
    }
}
