package io.mainstay.domain.inventory;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.StateMachine;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The rules of the inventory. No stock is made or lost: what lies in warehouses is what was received, found or sent to them,
 * less what was shipped, missing or sent away.
 */
final class Inventory implements StateMachine<InventoryState, InventoryCommand, InventoryEvent> {
    @Override
    public InventoryState emptyState() {
        return new InventoryState();
    }

    @Override
    public Decision<InventoryEvent> decide(InventoryState state, InventoryCommand command, CommandContext context) {
        return switch (command) {
            case AddWarehouse add -> CatalogRules.decideAdd(state, add);
            case LinkWarehouses link -> CatalogRules.decideLink(state, link);
            case AddItem add -> CatalogRules.decideAdd(state, add, context);
            case LearnItem learn -> CatalogRules.decideLearn(state, learn);
            case ReceiveStock receive -> StockRules.decideReceive(state, receive);
            case AdjustStock adjust -> StockRules.decideAdjust(state, adjust);
            case MoveStock move -> MoveRules.decideMove(state, move, context);
            case ReserveStock reserve -> ReservationRules.decideReserve(state, reserve, context);
            case ConfirmReservation(var tenant, var id) ->
                ReservationRules.decideClose(state, tenant, id, AllocationStage.CONFIRMED, context);
            case CancelReservation(var tenant, var id) ->
                ReservationRules.decideClose(state, tenant, id, AllocationStage.CANCELLED, context);
            case PlaceOrder order -> OrderRules.decidePlace(state, order, context);
            case TakeForOrder(var order) -> OrderRules.decideTake(state, order);
            case SendStock(var move) -> MoveRules.decideSend(state, move);
            case PutStock(var move) -> MoveRules.decidePut(state, move);
            case SettleAllocation(var tenant, var id) -> StepRules.decideSettle(state, tenant, id);
            case ReleaseAllocation(var tenant, var id) -> StepRules.decideRelease(state, tenant, id);
        };
    }

    @Override
    public long dueMicros(InventoryState state) {
        return state.open().dueMicros();
    }

    @Override
    public Decision<InventoryEvent> elapse(InventoryState state, CommandContext context) {
        return ReservationRules.decideExpire(state, context);
    }

    @Override
    public void apply(InventoryState state, InventoryEvent event) {
        InventoryChanges.apply(state, event);
    }

    @Override
    public void revert(InventoryState state, InventoryEvent event) {
        InventoryChanges.revert(state, event);
    }

    @Override
    public boolean canRevert() {
        return true;
    }

    @Override
    public long version(InventoryState state, UUID aggregate) {
        return state.version(aggregate);
    }

    @Override
    public void aggregates(InventoryState state, BiConsumer<String, UUID> each) {
        state.aggregates(each);
    }
}
