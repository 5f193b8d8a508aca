package io.mainstay.domain.inventory;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules of moves: at once within a shard; else the pieces leave, arrive, and are done with, or come back. */
final class MoveRules {
    private MoveRules() {}

    static Decision<InventoryEvent> decideMove(InventoryState state, MoveStock move, CommandContext context) {
        boolean isHere = context.shardOf(move.to()) == context.shard();
        Rejection refused = checkSource(state, move);
        if (refused == null && isHere) {
            refused = checkTarget(state, move, Flow.NONE);
        }
        if (refused != null) {
            return Decision.reject(refused);
        }
        if (!isHere) {
            return Decision.begin(new Saga(
                    move.id(),
                    List.of(
                            Saga.Step.compensable(
                                    context.shard(),
                                    new SendStock(move),
                                    Optional.of(new SettleAllocation(move.tenant(), move.id())),
                                    new ReleaseAllocation(move.tenant(), move.id())),
                            Saga.Step.pivot(context.shardOf(move.to()), new PutStock(move))),
                    Saga.TIMEOUT_MICROS_DEFAULT));
        }
        Entries entries = new Entries(state);
        int item = state.items().find(move.line().item());
        entries.add(state.warehouses().find(move.from()), item, -move.line().quantity(), 0);
        entries.add(state.warehouses().find(move.to()), item, move.line().quantity(), 0);
        return Decision.accept(new StockMoved(move.tenant(), move.id(), entries.all()));
    }

    static Decision<InventoryEvent> decideSend(InventoryState state, MoveStock move) {
        Rejection refused = checkSource(state, move);
        if (refused != null) {
            return Decision.reject(refused);
        }
        Allocation allocation =
                new Allocation(move.tenant(), move.id(), AllocationStage.SENDING, move.from(), List.of(move.line()), 0);
        return Decision.accept(new StockSent(
                allocation, move.to(), Entries.of(state, allocation, quantity -> -quantity, quantity -> 0)));
    }

    static Decision<InventoryEvent> decidePut(InventoryState state, MoveStock move) {
        Rejection refused = StockRules.checkFresh(state, move.id(), InventoryRefusal.MOVE_EXISTS);
        if (refused == null) {
            refused = checkTarget(state, move, Flow.ARRIVED);
        }
        return refused == null
                ? Decision.accept(new StockArrived(
                        move.tenant(),
                        move.id(),
                        move.from(),
                        StockRules.entry(
                                state,
                                move.to(),
                                move.line().item(),
                                move.line().quantity())))
                : Decision.reject(refused);
    }

    private static @Nullable Rejection checkSource(InventoryState state, MoveStock move) {
        if (state.warehouses().find(move.tenant(), move.from()) == Warehouses.NONE) {
            return StockRules.unknownWarehouse(move.from(), "/from");
        }
        if (move.from().equals(move.to())) {
            return StockRules.sameWarehouse(move.from(), "/to");
        }
        if (state.items().find(move.tenant(), move.line().item()) == Items.NONE) {
            return StockRules.unknownItem(move.line().item(), "/item");
        }
        Rejection refused = StockRules.checkFresh(state, move.id(), InventoryRefusal.MOVE_EXISTS);
        return refused == null ? StockRules.checkFree(state, move.from(), move.line(), "/quantity") : refused;
    }

    private static @Nullable Rejection checkTarget(InventoryState state, MoveStock move, Flow flow) {
        if (state.warehouses().find(move.tenant(), move.to()) == Warehouses.NONE) {
            return StockRules.unknownWarehouse(move.to(), "/to");
        }
        return state.items().find(move.tenant(), move.line().item()) == Items.NONE
                ? StockRules.unknownItem(move.line().item(), "/item")
                : StockRules.checkRoom(state, move.to(), move.line(), flow, "/quantity");
    }
}
