package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How allocations are closed: their pieces leave, or are free again, or come back. */
final class StepRules {
    private StepRules() {}

    static Decision<InventoryEvent> decideSettle(InventoryState state, String tenant, UUID id) {
        return decide(state, tenant, id, AllocationStage.SHIPPED, AllocationStage.DELIVERED);
    }

    static Decision<InventoryEvent> decideRelease(InventoryState state, String tenant, UUID id) {
        return decide(state, tenant, id, AllocationStage.WITHDRAWN, AllocationStage.RETURNED);
    }

    static AllocationClosed close(InventoryState state, Allocation open, AllocationStage stage) {
        return new AllocationClosed(open, stage, entries(new Entries(state), open, stage));
    }

    /** Closes some, each at the state that the ones before it leave. */
    static Decision<InventoryEvent> closeAll(InventoryState state, List<Allocation> open, AllocationStage stage) {
        List<InventoryEvent> events = new ArrayList<>(open.size());
        Entries entries = new Entries(state);
        for (Allocation each : open) {
            events.add(new AllocationClosed(each, stage, entries(entries, each, stage)));
        }
        return Decision.accept(events, List.of());
    }

    private static List<StockEntry> entries(Entries entries, Allocation open, AllocationStage stage) {
        return switch (stage) {
            case CONFIRMED, SHIPPED -> entries.of(open, quantity -> -quantity, quantity -> -quantity);
            case CANCELLED, EXPIRED, WITHDRAWN -> entries.of(open, quantity -> 0, quantity -> -quantity);
            case RETURNED -> entries.of(open, quantity -> quantity, quantity -> 0);
            default -> List.of();
        };
    }

    private static Decision<InventoryEvent> decide(
            InventoryState state, String tenant, UUID id, AllocationStage ofOrder, AllocationStage ofMove) {
        Allocation open = state.open().find(id);
        if (open == null || !open.tenant().equals(tenant) || open.stage() == AllocationStage.RESERVED) {
            return InventoryRefusal.RESERVATION_UNKNOWN.reject("There is no order or move " + id + ".", "/id");
        }
        return Decision.accept(close(state, open, open.stage() == AllocationStage.PLACING ? ofOrder : ofMove));
    }
}
