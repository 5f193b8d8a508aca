package io.mainstay.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.access.Answer;
import io.mainstay.core.access.Operation;
import io.mainstay.core.access.Refusal;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the ledger declares is what it does. */
class LedgerAccessTest {
    private static final UUID BANK = new UUID(0, 1);
    private static final UUID WALLET = new UUID(0, 2);
    private static final UUID DOLLARS = new UUID(0, 3);
    private static final UUID TRANSFER = new UUID(0, 4);

    private final Ledger ledger = new Ledger();
    private final LedgerState state = ledger.emptyState();

    @Test
    void everyRefusalIsDeclaredWithItsStatusAndField() {
        accept(new OpenAccount(BANK, "main", "EUR", OpenAccount.UNLIMITED));
        accept(new OpenAccount(WALLET, "main", "EUR", 0));
        accept(new OpenAccount(DOLLARS, "main", "USD", 0));
        accept(new PostTransfer(TRANSFER, BANK, WALLET, Long.MAX_VALUE, ""));

        assertThat(refusal(new OpenAccount(BANK, "main", "EUR", 0))).satisfies(this::declaredByOpen);
        List.of(
                        new PostTransfer(new UUID(0, 9), new UUID(0, 8), WALLET, 1, ""),
                        new PostTransfer(TRANSFER, BANK, WALLET, 1, ""),
                        new PostTransfer(new UUID(0, 9), BANK, DOLLARS, 1, ""),
                        new PostTransfer(new UUID(0, 9), BANK, WALLET, 1, ""),
                        new PostTransfer(new UUID(0, 9), DOLLARS, BANK, 1, ""))
                .forEach(command -> assertThat(refusal(command)).satisfies(this::declaredByPost));
    }

    @Test
    void everyEventHasAnAnswerOfAnOperation() {
        Set<Class<?>> answered = new HashSet<>();
        LedgerAccess.ACCESS
                .operations()
                .forEach(operation ->
                        operation.answers().stream().map(Answer::event).forEach(answered::add));

        assertThat(answered).containsExactlyInAnyOrder(LedgerEvent.class.getPermittedSubclasses());
        assertThat(Arrays.asList(LedgerCommand.class.getPermittedSubclasses()))
                .hasSameSizeAs(LedgerAccess.ACCESS.operations());
    }

    private void declaredByOpen(Rejection rejection) {
        declared(LedgerOperations.OPEN_ACCOUNT, rejection);
    }

    private void declaredByPost(Rejection rejection) {
        declared(LedgerOperations.POST_TRANSFER, rejection);
    }

    private static void declared(Operation<?> operation, Rejection rejection) {
        Refusal refusal = operation.refusals().stream()
                .filter(known -> known.code().equals(rejection.code()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rejection + " is not declared"));
        assertThat(refusal.status())
                .as(rejection.code())
                .isEqualTo(
                        switch (rejection.kind()) {
                            case INVALID -> 400;
                            case UNKNOWN -> 404;
                            case CONFLICT -> 409;
                            case REFUSED -> 422;
                        });
    }

    private void accept(LedgerCommand command) {
        switch (decide(command)) {
            case Decision.Accepted<LedgerEvent>(var events, var messages) ->
                events.forEach(event -> ledger.apply(state, event));
            case Decision.Begun<LedgerEvent> begun -> throw new AssertionError(begun);
            case Decision.Rejected<LedgerEvent> rejected -> throw new AssertionError(rejected);
        }
    }

    private Rejection refusal(LedgerCommand command) {
        return ((Decision.Rejected<LedgerEvent>) decide(command)).rejection();
    }

    private Decision<LedgerEvent> decide(LedgerCommand command) {
        return ledger.decide(state, command, CommandContext.of(0, 0, 0));
    }
}
