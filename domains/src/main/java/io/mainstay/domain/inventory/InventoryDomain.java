package io.mainstay.domain.inventory;

import io.mainstay.core.access.Access;
import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.domain.StateMachine;
import io.mainstay.core.projection.Projection;
import io.mainstay.core.wire.Codec;

/** The inventory as the engine sees it. */
public final class InventoryDomain implements Domain<InventoryState, InventoryCommand, InventoryEvent> {
    @Override
    public String name() {
        return "inventory";
    }

    @Override
    public int id() {
        return 2;
    }

    @Override
    public int schemaVersion() {
        return 1;
    }

    @Override
    public Class<InventoryCommand> commandType() {
        return InventoryCommand.class;
    }

    @Override
    public StateMachine<InventoryState, InventoryCommand, InventoryEvent> stateMachine() {
        return new Inventory();
    }

    @Override
    public Codec<InventoryCommand> commands() {
        return InventoryCodecs.COMMANDS;
    }

    @Override
    public Codec<InventoryEvent> events() {
        return InventoryCodecs.EVENTS;
    }

    @Override
    public StateCodec<InventoryState> states() {
        return InventoryStateCodec.INSTANCE;
    }

    @Override
    public Access<InventoryState, InventoryCommand> access() {
        return InventoryAccess.ACCESS;
    }

    @Override
    public Projection<InventoryEvent> projection() {
        return InventoryTables.PROJECTION;
    }
}
