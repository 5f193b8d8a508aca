package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.wire.WireWriter;
import io.mainstay.domain.ledger.LedgerDomain;
import java.util.List;
import java.util.UUID;

/** A command that a client wants done, as often as it has to ask. */
record Request(UUID key, Command command, LoggedCommand logged) {
    private static final Domains DOMAINS = new Domains(List.of(new LedgerDomain(), new PurseDomain()));

    static Request of(UUID key, Command command) {
        return of(key, command, LoggedCommand.ANY_VERSION);
    }

    /** A request for a version of the command's leading aggregate. */
    static Request of(UUID key, Command command, long expectedVersion) {
        WireWriter out = new WireWriter(128);
        DOMAINS.encode(command, out);
        return new Request(
                key, command, new LoggedCommand(key, DOMAINS.idOf(command), expectedVersion, out.toByteArray()));
    }
}
