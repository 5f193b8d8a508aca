package io.mainstay.domain.inventory;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import java.util.UUID;

/** The rules of reservations: made, then confirmed, cancelled, or expired by the engine's clock. */
final class ReservationRules {
    /** Reservations that expire in one entry of the log. */
    private static final int EXPIRED_MAX = 256;

    private ReservationRules() {}

    static Decision<InventoryEvent> decideReserve(InventoryState state, ReserveStock reserve, CommandContext context) {
        Rejection refused = StockRules.checkFresh(state, reserve.id(), InventoryRefusal.RESERVATION_EXISTS);
        if (refused == null) {
            refused = StockRules.checkLines(state, reserve.tenant(), reserve.warehouse(), reserve.lines());
        }
        if (refused != null) {
            return Decision.reject(refused);
        }
        Allocation allocation = new Allocation(
                reserve.tenant(),
                reserve.id(),
                AllocationStage.RESERVED,
                reserve.warehouse(),
                reserve.lines(),
                context.nowMicros() + reserve.expiryMicros());
        return Decision.accept(
                new StockReserved(allocation, Entries.of(state, allocation, quantity -> 0, quantity -> quantity)));
    }

    static Decision<InventoryEvent> decideClose(
            InventoryState state, String tenant, UUID id, AllocationStage stage, CommandContext context) {
        Allocation open = state.open().find(id);
        if (open == null) {
            return refuseClosed(state, tenant, id);
        }
        if (!open.tenant().equals(tenant) || open.stage() != AllocationStage.RESERVED) {
            return unknown(id);
        }
        return open.expiresMicros() <= context.nowMicros()
                ? expired(id)
                : Decision.accept(StepRules.close(state, open, stage));
    }

    static Decision<InventoryEvent> decideExpire(InventoryState state, CommandContext context) {
        return StepRules.closeAll(
                state, state.open().expired(context.nowMicros(), EXPIRED_MAX), AllocationStage.EXPIRED);
    }

    private static Decision<InventoryEvent> refuseClosed(InventoryState state, String tenant, UUID id) {
        long position = state.closed().find(id);
        if (position == ClosedAllocations.NONE
                || !state.closed().tenant(position).equals(tenant)) {
            return unknown(id);
        }
        AllocationStage stage = state.closed().stage(position);
        return switch (stage) {
            case EXPIRED -> expired(id);
            case CONFIRMED, CANCELLED ->
                InventoryRefusal.RESERVATION_CLOSED.reject("Reservation " + id + " is " + stage.text() + ".", "/id");
            default -> unknown(id);
        };
    }

    private static Decision<InventoryEvent> unknown(UUID id) {
        return InventoryRefusal.RESERVATION_UNKNOWN.reject("There is no reservation " + id + ".", "/id");
    }

    private static Decision<InventoryEvent> expired(UUID id) {
        return InventoryRefusal.RESERVATION_EXPIRED.reject("Reservation " + id + " has expired.", "/id");
    }
}
