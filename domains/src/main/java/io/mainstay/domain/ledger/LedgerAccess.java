package io.mainstay.domain.ledger;

import io.mainstay.core.access.Access;
import java.util.List;

/** What callers may do with the ledger and ask of it. */
final class LedgerAccess {
    static final Access<LedgerState, LedgerCommand> ACCESS = new Access<>(
            List.of(LedgerOperations.OPEN_ACCOUNT, LedgerOperations.POST_TRANSFER),
            List.of(LedgerQueries.ACCOUNT, LedgerQueries.ENTRIES, LedgerQueries.TRANSFER));

    private LedgerAccess() {}
}
