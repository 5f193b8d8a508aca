package io.mainstay.domain.inventory;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Rejection;
import io.mainstay.core.domain.Saga;
import io.mainstay.domain.ledger.FarLeg;
import io.mainstay.domain.ledger.Leg;
import io.mainstay.domain.ledger.PostEntries;
import io.mainstay.domain.ledger.PutIn;
import io.mainstay.domain.ledger.Return;
import io.mainstay.domain.ledger.Settle;
import io.mainstay.domain.ledger.TakeOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of orders. The warehouse's shard speaks for the pieces; then the payment decides: it is the last step, on the
 * shop's shard. With warehouse and accounts on one shard all of it is one transaction.
 */
final class OrderRules {
    private OrderRules() {}

    static Decision<InventoryEvent> decidePlace(InventoryState state, PlaceOrder order, CommandContext context) {
        Rejection refused = check(state, order);
        if (refused != null) {
            return Decision.reject(refused);
        }
        List<Saga.Step> steps = new ArrayList<>();
        steps.add(Saga.Step.compensable(
                context.shard(),
                new TakeForOrder(order),
                Optional.of(new SettleAllocation(order.tenant(), order.id())),
                new ReleaseAllocation(order.tenant(), order.id())));
        steps.addAll(payment(order, context));
        return Decision.begin(new Saga(order.id(), steps, Saga.TIMEOUT_MICROS_DEFAULT));
    }

    static Decision<InventoryEvent> decideTake(InventoryState state, PlaceOrder order) {
        Rejection refused = check(state, order);
        if (refused != null) {
            return Decision.reject(refused);
        }
        Allocation allocation = OrderPlaced.allocation(order);
        return Decision.accept(new OrderPlaced(
                order,
                order.amountMinor().longValueExact(),
                Entries.of(state, allocation, quantity -> 0, quantity -> quantity)));
    }

    private static @Nullable Rejection check(InventoryState state, PlaceOrder order) {
        Rejection refused = StockRules.checkFresh(state, order.id(), InventoryRefusal.ORDER_EXISTS);
        if (refused == null) {
            refused = StockRules.checkLines(state, order.tenant(), order.warehouse(), order.stockLines());
        }
        if (refused == null && order.amountMinor().bitLength() > Long.SIZE - 1) {
            refused = InventoryRefusal.ORDER_OVERFLOW.because(
                    "The lines cost " + order.amountMinor() + " in all.", "/lines");
        }
        return refused;
    }

    /** The ledger's part: at once where both accounts live together, else the customer's account is the first to give. */
    private static List<Saga.Step> payment(PlaceOrder order, CommandContext context) {
        long amountMinor = order.amountMinor().longValueExact();
        Leg debit = new Leg(order.customer(), order.asset(), -amountMinor);
        Leg credit = new Leg(order.shop(), order.asset(), amountMinor);
        String reference = "order " + order.id();
        int customerShard = context.shardOf(order.customer());
        int shopShard = context.shardOf(order.shop());
        if (customerShard == shopShard) {
            return List.of(Saga.Step.pivot(
                    shopShard, new PostEntries(order.tenant(), order.payment(), List.of(debit, credit), reference)));
        }
        return List.of(
                Saga.Step.compensable(
                        customerShard,
                        new TakeOut(
                                order.tenant(),
                                order.payment(),
                                List.of(debit),
                                List.of(new FarLeg(shopShard, credit)),
                                Optional.empty(),
                                reference),
                        Optional.of(new Settle(order.tenant(), order.payment())),
                        new Return(order.tenant(), order.payment())),
                Saga.Step.pivot(shopShard, new PutIn(order.tenant(), order.payment(), List.of(credit))));
    }
}
