package io.mainstay.domain.ledger;

import io.mainstay.core.access.Access;
import io.mainstay.core.access.Operation;
import java.util.List;
import java.util.stream.Stream;

/** What callers may do with the ledger and ask of it. */
final class LedgerAccess {
    static final Access<LedgerState, LedgerCommand> ACCESS = new Access<>(operations(), LedgerQueries.ALL);

    private LedgerAccess() {}

    private static List<Operation<LedgerCommand>> operations() {
        return Stream.of(PartyOperations.ALL, AccountOperations.ALL, TransferOperations.ALL)
                .flatMap(List::stream)
                .toList();
    }
}
