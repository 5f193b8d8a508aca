package io.mainstay.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.core.domain.Message;
import io.mainstay.core.domain.Rejection.Kind;
import io.mainstay.core.domain.Saga;
import io.mainstay.domain.inventory.InventoryState.StockView;
import io.mainstay.domain.ledger.FarLeg;
import io.mainstay.domain.ledger.Leg;
import io.mainstay.domain.ledger.PostEntries;
import io.mainstay.domain.ledger.PutIn;
import io.mainstay.domain.ledger.Return;
import io.mainstay.domain.ledger.Settle;
import io.mainstay.domain.ledger.TakeOut;
import io.mainstay.testkit.DomainFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every rule and every refusal of the inventory. */
final class InventoryTest {
    private static final String ACME = "acme";
    private static final UUID NORTH = new UUID(1, 1);
    private static final UUID SOUTH = new UUID(1, 2);
    private static final UUID EAST = new UUID(1, 3);
    private static final UUID FAR = new UUID(1, 9);
    private static final UUID CUP = new UUID(2, 1);
    private static final UUID POT = new UUID(2, 2);
    private static final UUID ID = new UUID(3, 1);
    private static final UUID PAYMENT = new UUID(4, 1);
    private static final UUID CUSTOMER = new UUID(5, 1);
    private static final UUID SHOP = new UUID(5, 2);
    private static final long NOW = DomainFixture.NOW_MICROS;
    private static final int HERE = DomainFixture.SHARD;
    private static final int THERE = 1;

    private final DomainFixture<InventoryState, InventoryCommand, InventoryEvent> inventory = DomainFixture.of(
                    new InventoryDomain())
            .given(
                    new WarehouseAdded(ACME, NORTH, "main", "North"),
                    new WarehouseAdded(ACME, SOUTH, "main", "South"),
                    new WarehouseAdded(ACME, EAST, "main", "East"),
                    new ItemAdded(ACME, CUP, "CUP"),
                    new ItemLearned(ACME, POT, "POT"),
                    new StockReceived(ACME, "", entry(NORTH, CUP, 10, 0, 10, 0, 1, 2)));

    @Test
    void addsWarehousesAndRefusesThemTwice() {
        inventory
                .when(new AddWarehouse(ACME, FAR, "main", "Far"))
                .thenEvent(new WarehouseAdded(ACME, FAR, "main", "Far"))
                .and()
                .when(new AddWarehouse("other", FAR, "main", "Far"))
                .thenRejected(Kind.CONFLICT, "warehouse-exists", "/id");
    }

    @Test
    void everyShardComesToKnowAnItem() {
        List<Message> messages = new ArrayList<>();
        for (int shard = 0; shard < DomainFixture.SHARDS; shard++) {
            if (shard != HERE) {
                messages.add(new Message(shard, new LearnItem(ACME, ID, "JUG")));
            }
        }
        inventory
                .when(new AddItem(ACME, ID, "JUG"))
                .thenAccepted(List.of(new ItemAdded(ACME, ID, "JUG")), messages)
                .and()
                .when(new AddItem(ACME, ID, "JUG"))
                .thenRejected(Kind.CONFLICT, "item-exists", "/id")
                .and()
                .when(new LearnItem(ACME, new UUID(9, 9), "LID"))
                .thenEvent(new ItemLearned(ACME, new UUID(9, 9), "LID"));
    }

    @Test
    void linksWarehousesWithoutCycles() {
        inventory
                .when(new LinkWarehouses(ACME, NORTH, SOUTH, 30))
                .thenEvent(new WarehousesLinked(ACME, NORTH, SOUTH, 30, 3))
                .and()
                .when(new LinkWarehouses(ACME, SOUTH, EAST, 40))
                .thenEvent(new WarehousesLinked(ACME, SOUTH, EAST, 40, 2))
                .and()
                .when(new LinkWarehouses(ACME, EAST, NORTH, 5))
                .thenRejected(Kind.REFUSED, "supply-cycle", "/supplier")
                .and()
                .when(new LinkWarehouses(ACME, SOUTH, NORTH, 5))
                .thenRejected("supply-cycle")
                .and()
                .when(new LinkWarehouses(ACME, NORTH, SOUTH, 5))
                .thenRejected(Kind.CONFLICT, "supplier-exists", "/supplier")
                .and()
                .when(new LinkWarehouses(ACME, NORTH, NORTH, 5))
                .thenRejected(Kind.INVALID, "same-warehouse", "/supplier")
                .and()
                .when(new LinkWarehouses(ACME, NORTH, FAR, 5))
                .thenRejected(Kind.UNKNOWN, "warehouse-unknown", "/supplier")
                .and()
                .when(new LinkWarehouses("other", NORTH, SOUTH, 5))
                .thenRejected(Kind.UNKNOWN, "warehouse-unknown", "/warehouse")
                .and()
                .when(new LinkWarehouses(ACME, NORTH, EAST, 5))
                .thenEvent(new WarehousesLinked(ACME, NORTH, EAST, 5, 4));
    }

    @Test
    void aWarehouseHasSoManySuppliersAndNoMore() {
        for (int supplier = 0; supplier < LinkWarehouses.SUPPLIERS_MAX; supplier++) {
            UUID id = new UUID(8, supplier);
            inventory.given(
                    new WarehouseAdded(ACME, id, "main", ""), new WarehousesLinked(ACME, NORTH, id, 1, 3L + supplier));
        }
        inventory.when(new LinkWarehouses(ACME, NORTH, SOUTH, 1)).thenRejected("suppliers-too-many");
    }

    @Test
    void findsTheFastestSupply() {
        InventoryState state = inventory
                .given(
                        new WarehouseAdded(ACME, FAR, "main", "Far"),
                        new WarehousesLinked(ACME, FAR, SOUTH, 10, 2),
                        new WarehousesLinked(ACME, FAR, NORTH, 100, 3),
                        new WarehousesLinked(ACME, SOUTH, EAST, 10, 2),
                        new WarehousesLinked(ACME, EAST, NORTH, 10, 2))
                .state();
        assertThat(state.supply(ACME, FAR, CUP)).hasValue(new SupplyPath(List.of(NORTH, EAST, SOUTH, FAR), 30, 10));
        assertThat(state.supply(ACME, NORTH, CUP)).hasValue(new SupplyPath(List.of(NORTH), 0, 10));
        assertThat(state.supply(ACME, FAR, POT)).isEmpty();
        assertThat(state.supply("other", FAR, CUP)).isEmpty();
        InventoryState nearer = inventory
                .given(new StockReceived(ACME, "", entry(SOUTH, CUP, 1, 0, 1, 0, 1, 3)))
                .state();
        assertThat(nearer.supply(ACME, FAR, CUP)).hasValue(new SupplyPath(List.of(SOUTH, FAR), 10, 1));
        assertThat(nearer.stockOf(ACME, CUP))
                .containsExactly(new StockView(SOUTH, CUP, 1, 0, 1), new StockView(NORTH, CUP, 10, 0, 1));
    }

    @Test
    void receivesStock() {
        inventory
                .when(new ReceiveStock(ACME, NORTH, new Line(CUP, 5), "note"))
                .thenEvent(new StockReceived(ACME, "note", entry(NORTH, CUP, 5, 0, 15, 0, 2, 3)))
                .and()
                .when(new ReceiveStock(ACME, SOUTH, new Line(POT, 5), ""))
                .thenEvent(new StockReceived(ACME, "", entry(SOUTH, POT, 5, 0, 5, 0, 1, 2)))
                .and()
                .when(new ReceiveStock("other", NORTH, new Line(CUP, 5), ""))
                .thenRejected(Kind.UNKNOWN, "warehouse-unknown", "/warehouse")
                .and()
                .when(new ReceiveStock(ACME, NORTH, new Line(ID, 5), ""))
                .thenRejected(Kind.UNKNOWN, "item-unknown", "/item");
    }

    @Test
    void noWarehouseHoldsMoreThanCanBeCounted() {
        long full = StockRules.ON_HAND_MAX;
        inventory.given(new StockReceived(ACME, "", entry(SOUTH, CUP, full, 0, full, 0, 1, 2)));
        inventory
                .when(new ReceiveStock(ACME, SOUTH, new Line(CUP, 1), ""))
                .thenRejected(Kind.REFUSED, "stock-overflow", "/quantity");
        inventory.when(new AdjustStock(ACME, SOUTH, CUP, 1, "found")).thenRejected("stock-overflow");
        inventory.when(new MoveStock(ACME, ID, NORTH, SOUTH, new Line(CUP, 1))).thenRejected("stock-overflow");
        inventory
                .when(new PutStock(new MoveStock(ACME, ID, FAR, SOUTH, new Line(CUP, 1))))
                .thenRejected("stock-overflow");
    }

    @Test
    void adjustsStockButNotWhatIsSpokenFor() {
        inventory
                .when(new AdjustStock(ACME, NORTH, CUP, -3, "broken"))
                .thenEvent(new StockAdjusted(ACME, "broken", entry(NORTH, CUP, -3, 0, 7, 0, 2, 3)))
                .and()
                .when(new ReserveStock(ACME, ID, NORTH, List.of(new Line(CUP, 6)), 1_000_000))
                .and()
                .when(new AdjustStock(ACME, NORTH, CUP, -2, "broken"))
                .thenRejected(Kind.REFUSED, "stock-insufficient", "/change")
                .and()
                .when(new AdjustStock(ACME, NORTH, CUP, 2, "found"))
                .thenEvent(new StockAdjusted(ACME, "found", entry(NORTH, CUP, 2, 0, 9, 6, 4, 5)));
    }

    @Test
    void movesStockWithinAShard() {
        MoveStock move = new MoveStock(ACME, ID, NORTH, SOUTH, new Line(CUP, 4));
        inventory
                .when(move)
                .thenEvent(new StockMoved(
                        ACME, ID, List.of(entry(NORTH, CUP, -4, 0, 6, 0, 2, 3), entry(SOUTH, CUP, 4, 0, 4, 0, 1, 2))))
                .and()
                .when(move)
                .thenRejected(Kind.CONFLICT, "move-exists", "/id")
                .and()
                .when(new MoveStock(ACME, EAST, NORTH, SOUTH, new Line(CUP, 7)))
                .thenRejected(Kind.REFUSED, "stock-insufficient", "/quantity")
                .and()
                .when(new MoveStock(ACME, EAST, NORTH, NORTH, new Line(CUP, 1)))
                .thenRejected(Kind.INVALID, "same-warehouse", "/to")
                .and()
                .when(new MoveStock(ACME, EAST, NORTH, FAR, new Line(CUP, 1)))
                .thenRejected(Kind.UNKNOWN, "warehouse-unknown", "/to")
                .and()
                .when(new MoveStock(ACME, EAST, FAR, NORTH, new Line(CUP, 1)))
                .thenRejected(Kind.UNKNOWN, "warehouse-unknown", "/from")
                .and()
                .when(new MoveStock(ACME, EAST, NORTH, SOUTH, new Line(ID, 1)))
                .thenRejected(Kind.UNKNOWN, "item-unknown", "/item");
    }

    @Test
    void movesStockToAnotherShardBySaga() {
        MoveStock move = new MoveStock(ACME, ID, NORTH, FAR, new Line(CUP, 4));
        Allocation sending = new Allocation(ACME, ID, AllocationStage.SENDING, NORTH, List.of(new Line(CUP, 4)), 0);
        inventory
                .knowing(FAR, THERE)
                .when(move)
                .thenBegins(new Saga(
                        ID,
                        List.of(
                                Saga.Step.compensable(
                                        HERE,
                                        new SendStock(move),
                                        Optional.of(new SettleAllocation(ACME, ID)),
                                        new ReleaseAllocation(ACME, ID)),
                                Saga.Step.pivot(THERE, new PutStock(move))),
                        Saga.TIMEOUT_MICROS_DEFAULT))
                .and()
                .when(new SendStock(move))
                .thenEvent(new StockSent(sending, FAR, List.of(entry(NORTH, CUP, -4, 0, 6, 0, 2, 3))))
                .and()
                .when(new ReleaseAllocation(ACME, ID))
                .thenEvent(new AllocationClosed(
                        sending, AllocationStage.RETURNED, List.of(entry(NORTH, CUP, 4, 0, 10, 0, 3, 4))))
                .and()
                .when(move)
                .thenRejected("move-exists");
        InventoryState state = inventory
                .when(new SendStock(new MoveStock(ACME, EAST, NORTH, FAR, new Line(CUP, 1))))
                .and()
                .when(new SettleAllocation(ACME, EAST))
                .state();
        assertThat(state.stage(EAST)).isEqualTo(AllocationStage.DELIVERED);
        assertThat(state.total(CUP, Flow.SENT)).isEqualTo(1);
        inventory.when(new SettleAllocation(ACME, EAST)).thenRejected("reservation-unknown");
    }

    @Test
    void takesInWhatAnotherShardSends() {
        MoveStock move = new MoveStock(ACME, ID, FAR, SOUTH, new Line(CUP, 4));
        inventory
                .when(new PutStock(move))
                .thenEvent(new StockArrived(ACME, ID, FAR, entry(SOUTH, CUP, 4, 0, 4, 0, 1, 2)))
                .and()
                .when(new PutStock(move))
                .thenRejected("move-exists")
                .and()
                .when(new PutStock(new MoveStock(ACME, EAST, NORTH, FAR, new Line(CUP, 4))))
                .thenRejected("warehouse-unknown")
                .and()
                .when(new PutStock(new MoveStock(ACME, EAST, FAR, SOUTH, new Line(ID, 4))))
                .thenRejected("item-unknown");
    }

    @Test
    void reservesAllLinesOrNone() {
        ReserveStock reserve =
                new ReserveStock(ACME, ID, NORTH, List.of(new Line(CUP, 4), new Line(POT, 2)), 1_000_000);
        inventory
                .when(reserve)
                .thenRejected(Kind.REFUSED, "stock-insufficient", "/lines/1/quantity")
                .and()
                .given(new StockReceived(ACME, "", entry(NORTH, POT, 2, 0, 2, 0, 1, 3)))
                .when(reserve)
                .thenEvent(new StockReserved(
                        reservation(reserve, NOW + 1_000_000),
                        List.of(entry(NORTH, CUP, 0, 4, 10, 4, 2, 4), entry(NORTH, POT, 0, 2, 2, 2, 2, 5))))
                .thenDue(NOW + 1_000_000)
                .and()
                .when(reserve)
                .thenRejected("reservation-exists")
                .and()
                .when(new ReserveStock(ACME, ID, NORTH, List.of(new Line(CUP, 1)), 1_000_000))
                .thenRejected(Kind.CONFLICT, "reservation-exists", "/id")
                .and()
                .when(new ReserveStock(ACME, EAST, NORTH, List.of(new Line(CUP, 1), new Line(CUP, 1)), 1_000_000))
                .thenRejected(Kind.INVALID, "item-repeated", "/lines/1/item")
                .and()
                .when(new ReserveStock(ACME, EAST, NORTH, List.of(new Line(ID, 1)), 1_000_000))
                .thenRejected(Kind.UNKNOWN, "item-unknown", "/lines/0/item")
                .and()
                .when(new ReserveStock("other", EAST, NORTH, List.of(new Line(CUP, 1)), 1_000_000))
                .thenRejected(Kind.UNKNOWN, "warehouse-unknown", "/warehouse");
    }

    @Test
    void confirmsAReservationOnce() {
        ReserveStock reserve = new ReserveStock(ACME, ID, NORTH, List.of(new Line(CUP, 4)), 1_000_000);
        InventoryState state = inventory
                .when(reserve)
                .and()
                .when(new ConfirmReservation("other", ID))
                .thenRejected(Kind.UNKNOWN, "reservation-unknown", "/id")
                .and()
                .when(new ConfirmReservation(ACME, ID))
                .thenEvent(new AllocationClosed(
                        reservation(reserve, NOW + 1_000_000),
                        AllocationStage.CONFIRMED,
                        List.of(entry(NORTH, CUP, -4, -4, 6, 0, 3, 4))))
                .and()
                .when(new CancelReservation(ACME, ID))
                .thenRejected(Kind.REFUSED, "reservation-closed", "/id")
                .and()
                .when(new CancelReservation("other", ID))
                .thenRejected("reservation-unknown")
                .and()
                .when(new ConfirmReservation(ACME, EAST))
                .thenRejected("reservation-unknown")
                .state();
        assertThat(state.total(CUP, Flow.SHIPPED)).isEqualTo(4);
    }

    @Test
    void cancelsAReservation() {
        ReserveStock reserve = new ReserveStock(ACME, ID, NORTH, List.of(new Line(CUP, 4)), 1_000_000);
        inventory
                .when(reserve)
                .and()
                .when(new CancelReservation(ACME, ID))
                .thenEvent(new AllocationClosed(
                        reservation(reserve, NOW + 1_000_000),
                        AllocationStage.CANCELLED,
                        List.of(entry(NORTH, CUP, 0, -4, 10, 0, 3, 4))))
                .thenDue(Long.MAX_VALUE);
    }

    @Test
    void expiresReservationsByTheClock() {
        ReserveStock first = new ReserveStock(ACME, ID, NORTH, List.of(new Line(CUP, 4)), 1_000_000);
        ReserveStock second = new ReserveStock(ACME, EAST, NORTH, List.of(new Line(CUP, 3)), 2_000_000);
        inventory
                .when(first)
                .and()
                .when(second)
                .and()
                .whenTimePasses(NOW + 999_999)
                .thenNothing();
        inventory
                .at(NOW + 1_000_000)
                .when(new ConfirmReservation(ACME, ID))
                .thenRejected(Kind.REFUSED, "reservation-expired", "/id");
        inventory
                .whenTimePasses(NOW + 2_000_000)
                .thenEvents(
                        new AllocationClosed(
                                reservation(first, NOW + 1_000_000),
                                AllocationStage.EXPIRED,
                                List.of(entry(NORTH, CUP, 0, -4, 10, 3, 4, 5))),
                        new AllocationClosed(
                                reservation(second, NOW + 2_000_000),
                                AllocationStage.EXPIRED,
                                List.of(entry(NORTH, CUP, 0, -3, 10, 0, 5, 6))))
                .and()
                .when(new ConfirmReservation(ACME, ID))
                .thenRejected("reservation-expired");
    }

    @Test
    void anOrderOnOneShardIsTwoSteps() {
        PlaceOrder order = order(ID, new OrderLine(CUP, 4, 250));
        inventory
                .when(order)
                .thenBegins(new Saga(
                        ID,
                        List.of(
                                taking(order),
                                Saga.Step.pivot(
                                        HERE,
                                        new PostEntries(
                                                ACME,
                                                PAYMENT,
                                                List.of(new Leg(CUSTOMER, "EUR", -1000), new Leg(SHOP, "EUR", 1000)),
                                                "order " + ID))),
                        Saga.TIMEOUT_MICROS_DEFAULT));
    }

    @Test
    void anOrderOverThreeShardsTakesTheMoneyFirstAndGivesItLast() {
        PlaceOrder order = order(ID, new OrderLine(CUP, 4, 250));
        Leg credit = new Leg(SHOP, "EUR", 1000);
        inventory
                .knowing(CUSTOMER, 0)
                .knowing(SHOP, THERE)
                .when(order)
                .thenBegins(new Saga(
                        ID,
                        List.of(
                                taking(order),
                                Saga.Step.compensable(
                                        0,
                                        new TakeOut(
                                                ACME,
                                                PAYMENT,
                                                List.of(new Leg(CUSTOMER, "EUR", -1000)),
                                                List.of(new FarLeg(THERE, credit)),
                                                Optional.empty(),
                                                "order " + ID),
                                        Optional.of(new Settle(ACME, PAYMENT)),
                                        new Return(ACME, PAYMENT)),
                                Saga.Step.pivot(THERE, new PutIn(ACME, PAYMENT, List.of(credit)))),
                        Saga.TIMEOUT_MICROS_DEFAULT));
    }

    @Test
    void anOrdersPiecesAreSpokenForThenLeaveOrAreFree() {
        PlaceOrder order = order(ID, new OrderLine(CUP, 4, 250));
        Allocation placing = new Allocation(ACME, ID, AllocationStage.PLACING, NORTH, List.of(new Line(CUP, 4)), 0);
        inventory
                .when(new TakeForOrder(order))
                .thenEvent(new OrderPlaced(order, 1000, List.of(entry(NORTH, CUP, 0, 4, 10, 4, 2, 3))))
                .thenDue(Long.MAX_VALUE)
                .and()
                .when(new ConfirmReservation(ACME, ID))
                .thenRejected("reservation-unknown")
                .and()
                .when(order)
                .thenRejected(Kind.CONFLICT, "order-exists", "/id")
                .and()
                .when(new SettleAllocation(ACME, ID))
                .thenEvent(new AllocationClosed(
                        placing, AllocationStage.SHIPPED, List.of(entry(NORTH, CUP, -4, -4, 6, 0, 3, 4))))
                .and()
                .when(new TakeForOrder(order(EAST, new OrderLine(CUP, 6, 1))))
                .and()
                .when(new ReleaseAllocation(ACME, EAST))
                .thenEvent(new AllocationClosed(
                        new Allocation(ACME, EAST, AllocationStage.PLACING, NORTH, List.of(new Line(CUP, 6)), 0),
                        AllocationStage.WITHDRAWN,
                        List.of(entry(NORTH, CUP, 0, -6, 6, 0, 5, 6))));
    }

    @Test
    void refusesOrdersThatCannotBeServed() {
        inventory
                .when(order(ID, new OrderLine(CUP, 11, 1)))
                .thenRejected(Kind.REFUSED, "stock-insufficient", "/lines/0/quantity")
                .and()
                .when(order(ID, new OrderLine(CUP, 2, Long.MAX_VALUE)))
                .thenRejected(Kind.INVALID, "order-overflow", "/lines")
                .and()
                .when(order(ID, new OrderLine(CUP, 1, 1), new OrderLine(CUP, 1, 1)))
                .thenRejected("item-repeated")
                .and()
                .when(order(ID, new OrderLine(ID, 1, 1)))
                .thenRejected("item-unknown")
                .and()
                .when(new PlaceOrder(ACME, ID, PAYMENT, FAR, CUSTOMER, SHOP, "EUR", List.of(new OrderLine(CUP, 1, 1))))
                .thenRejected("warehouse-unknown");
    }

    @Test
    void commandsAreValidInThemselves() {
        assertThatThrownBy(() -> new Line(CUP, 0)).hasMessageContaining("quantity is 0");
        assertThatThrownBy(() -> new OrderLine(CUP, 1, 0)).hasMessageContaining("unitPriceMinor is 0");
        assertThatThrownBy(() -> new AdjustStock(ACME, NORTH, CUP, 0, "x")).hasMessageContaining("change is 0");
        assertThatThrownBy(() -> new AddItem("A", CUP, "x")).hasMessageContaining("tenant 'A'");
        assertThatThrownBy(() -> new AddItem(ACME, CUP, "")).hasMessageContaining("sku has 0 characters");
        assertThatThrownBy(() -> new ReserveStock(ACME, ID, NORTH, List.of(), 1000))
                .hasMessageContaining("lines is 0");
        assertThatThrownBy(() -> new ReserveStock(ACME, ID, NORTH, List.of(new Line(CUP, 1)), 1))
                .hasMessageContaining("expiryMicros is 1");
        assertThatThrownBy(() -> new LinkWarehouses(ACME, NORTH, SOUTH, -1)).hasMessageContaining("leadMinutes is -1");
        assertThatThrownBy(() ->
                        new PlaceOrder(ACME, ID, ID, NORTH, CUSTOMER, SHOP, "EUR", List.of(new OrderLine(CUP, 1, 1))))
                .hasMessageContaining("another id wanted");
    }

    private static PlaceOrder order(UUID id, OrderLine... lines) {
        return new PlaceOrder(ACME, id, PAYMENT, NORTH, CUSTOMER, SHOP, "EUR", List.of(lines));
    }

    private static Saga.Step taking(PlaceOrder order) {
        return Saga.Step.compensable(
                HERE,
                new TakeForOrder(order),
                Optional.of(new SettleAllocation(ACME, order.id())),
                new ReleaseAllocation(ACME, order.id()));
    }

    private static Allocation reservation(ReserveStock reserve, long expiresMicros) {
        return new Allocation(
                reserve.tenant(),
                reserve.id(),
                AllocationStage.RESERVED,
                reserve.warehouse(),
                reserve.lines(),
                expiresMicros);
    }

    private static StockEntry entry(
            UUID warehouse,
            UUID item,
            long onHandChange,
            long reservedChange,
            long onHand,
            long reserved,
            long version,
            long warehouseVersion) {
        return new StockEntry(
                warehouse, item, onHandChange, reservedChange, onHand, reserved, version, warehouseVersion);
    }
}
