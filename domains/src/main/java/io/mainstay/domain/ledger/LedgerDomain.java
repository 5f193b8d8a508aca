package io.mainstay.domain.ledger;

import io.mainstay.core.access.Access;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.domain.Upcaster;
import io.mainstay.core.projection.Projection;
import io.mainstay.core.wire.Codec;
import java.util.List;

/** The ledger as the engine sees it. */
public final class LedgerDomain implements Domain<LedgerState, LedgerCommand, LedgerEvent> {
    @Override
    public String name() {
        return "ledger";
    }

    @Override
    public int id() {
        return 1;
    }

    @Override
    public int schemaVersion() {
        return 2;
    }

    /** Version 1 decided less, and wrote types of values that are still read. */
    @Override
    public List<Upcaster> upcasters() {
        return List.of(Upcaster.from(1));
    }

    @Override
    public Class<LedgerCommand> commandType() {
        return LedgerCommand.class;
    }

    @Override
    public StateMachine<LedgerState, LedgerCommand, LedgerEvent> stateMachine() {
        return new Ledger();
    }

    @Override
    public Codec<LedgerCommand> commands() {
        return LedgerCodecs.COMMANDS;
    }

    @Override
    public StateCodec<LedgerState> states() {
        return LedgerStateCodec.INSTANCE;
    }

    @Override
    public Codec<LedgerEvent> events() {
        return LedgerCodecs.EVENTS;
    }

    @Override
    public Access<LedgerState, LedgerCommand> access() {
        return LedgerAccess.ACCESS;
    }

    @Override
    public Projection<LedgerEvent> projection() {
        return LedgerTables.PROJECTION;
    }
}
