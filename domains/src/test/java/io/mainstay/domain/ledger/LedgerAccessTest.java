package io.mainstay.domain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.core.access.Call;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Fields;
import io.mainstay.core.access.Member;
import io.mainstay.core.access.Operation;
import io.mainstay.core.access.Refusal;
import io.mainstay.core.access.Values;
import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
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
    void everyOrderOfACallerHasAnOperation() {
        List<LedgerCommand> made = LedgerAccess.ACCESS.operations().stream()
                .<LedgerCommand>map(operation -> operation.command().apply(example(operation), TRANSFER))
                .toList();

        assertThat(made)
                .extracting(command -> (Object) command.getClass())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(callersOrders());
        assertThat(made).extracting(LedgerAccessTest::tenant).containsOnly("acme");
    }

    @Test
    void everyRefusalIsDeclaredByAnOperationOrARead() {
        Set<String> declared = new HashSet<>();
        LedgerAccess.ACCESS
                .operations()
                .forEach(operation -> operation.refusals().forEach(refusal -> declared.add(refusal.code())));

        assertThat(declared)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(LedgerRefusal.values())
                        .map(LedgerRefusal::code)
                        .toList());
    }

    @Test
    void documentsOfOneNameHaveTheSameMembers() {
        Map<String, List<Member.Property>> members = new HashMap<>();
        LedgerAccess.ACCESS
                .operations()
                .forEach(operation -> operation.answers().forEach(answer -> {
                    List<Member.Property> own = answer.document().members().stream()
                            .<Member.Property>map(Member::property)
                            .toList();
                    assertThat(members.computeIfAbsent(answer.document().name(), first -> own))
                            .isEqualTo(own);
                }));
        assertThat(members).containsKeys("TransferPosted", "TransferReserved", "EntriesPosted");
    }

    /** All but what shards send each other. */
    private static List<Class<?>> callersOrders() {
        return Stream.of(AccountCommand.class, TransferCommand.class)
                .<Class<?>>flatMap(type -> Stream.of(type.getPermittedSubclasses()))
                .filter(type -> type != LearnAsset.class)
                .toList();
    }

    private static Call example(Operation<?> operation) {
        return new Call("acme", values(operation.endpoint().fields()), values(operation.body()));
    }

    private static Values values(Fields fields) {
        return new Values(
                fields,
                fields.all().stream()
                        .<Object>map(field -> value(field.type(), field.example()))
                        .toArray());
    }

    private static Object value(FieldType<?> type, Object example) {
        return switch (type) {
            case FieldType.Uuid() -> UUID.fromString(example.toString());
            case FieldType.Whole whole -> ((Number) example).longValue();
            case FieldType.Parts parts ->
                ((List<?>) example)
                        .stream()
                                .map(part -> new Values(
                                        parts.fields(),
                                        parts.fields().all().stream()
                                                .<Object>map(field -> ((Map<?, ?>) part).containsKey(field.name())
                                                        ? value(field.type(), ((Map<?, ?>) part).get(field.name()))
                                                        : field.ifAbsent())
                                                .toArray()))
                                .toList();
            default -> example;
        };
    }

    private static String tenant(LedgerCommand command) {
        try {
            return command.getClass().getMethod("tenant").invoke(command).toString();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private void declaredByOpen(Rejection rejection) {
        declared(AccountOperations.OPEN, rejection);
    }

    private void declaredByPost(Rejection rejection) {
        declared(TransferOperations.POST, rejection);
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
