package io.mainstay.verification.simulation;

import io.mainstay.core.domain.Command;
import io.mainstay.core.log.LoggedCommand;
import io.mainstay.core.wire.WireWriter;
import java.util.UUID;

/** A command that a client wants done, as often as it has to ask. */
record Request(UUID key, Command command, LoggedCommand logged) {
    static Request of(UUID key, Command command) {
        return of(key, command, LoggedCommand.ANY_VERSION);
    }

    /** A request for a version of the command's leading aggregate. */
    static Request of(UUID key, Command command, long expectedVersion) {
        WireWriter out = new WireWriter(128);
        Plain.DOMAINS.encode(command, out);
        return new Request(
                key, command, new LoggedCommand(key, Plain.DOMAINS.idOf(command), expectedVersion, out.toByteArray()));
    }
}
