package io.mainstay.verification.simulation;

import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerCommand;
import io.mainstay.domain.ledger.LedgerDomain;
import java.util.UUID;

/** A command that a client wants done, as often as it has to ask. */
record Request(UUID key, LedgerCommand command, LoggedCommand logged) {
    private static final LedgerDomain LEDGER = new LedgerDomain();

    static Request of(UUID key, LedgerCommand command) {
        WireWriter out = new WireWriter(128);
        LEDGER.commands().encode(command, out);
        return new Request(key, command, new LoggedCommand(key, LEDGER.id(), out.toByteArray()));
    }
}
