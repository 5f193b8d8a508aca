package io.mainstay.domain.inventory;

import io.mainstay.core.domain.Checks;
import io.mainstay.core.route.Route;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;

/**
 * Pay for pieces and take them out of a warehouse, both or neither: in one transaction if warehouse and accounts live on one
 * shard, else by a saga.
 *
 * @param payment id of the transfer that the ledger makes; another one than the order's, as ids are looked for everywhere
 * @param customer the account that pays
 * @param shop the account that is paid
 * @param asset what both accounts hold
 * @param lines 1 to 64, each about another item
 */
public record PlaceOrder(
        String tenant,
        UUID id,
        UUID payment,
        UUID warehouse,
        UUID customer,
        UUID shop,
        String asset,
        List<OrderLine> lines)
        implements InventoryCommand {
    public PlaceOrder {
        Checks.tenant(tenant);
        Checks.text("asset", asset, 3, 12);
        lines = List.copyOf(lines);
        Lines.checkCount(lines.size());
        if (payment.equals(id)) {
            throw new IllegalArgumentException("payment and order are both " + id + ", another id wanted");
        }
    }

    @Override
    public Route route() {
        return new Route.Spanning(List.of(warehouse, customer, shop));
    }

    /** What is paid in all; may be more than 64 bits hold. */
    BigInteger amountMinor() {
        return lines.stream()
                .map(line -> BigInteger.valueOf(line.quantity()).multiply(BigInteger.valueOf(line.unitPriceMinor())))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    List<Line> stockLines() {
        return lines.stream().map(OrderLine::line).toList();
    }
}
