package io.mainstay.domain.inventory;

import io.mainstay.core.wire.Codec;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** How the inventory's commands and events stand in the log. The first byte is the type; types are never reused. */
final class InventoryCodecs {
    static final Codec<InventoryCommand> COMMANDS = new Commands();
    static final Codec<InventoryEvent> EVENTS = new Events();

    private InventoryCodecs() {}

    private static final class Commands implements Codec<InventoryCommand> {
        @Override
        public void encode(InventoryCommand command, WireWriter out) {
            switch (command) {
                case AddWarehouse(var tenant, var id, var site, var name) -> {
                    begin(1, tenant, id, out);
                    out.writeText(site);
                    out.writeText(name);
                }
                case LinkWarehouses(var tenant, var warehouse, var supplier, var leadMinutes) -> {
                    begin(2, tenant, warehouse, out);
                    out.writeUuid(supplier);
                    out.writeVarLong(leadMinutes);
                }
                case AddItem(var tenant, var id, var sku) -> {
                    begin(3, tenant, id, out);
                    out.writeText(sku);
                }
                case LearnItem(var tenant, var id, var sku) -> {
                    begin(4, tenant, id, out);
                    out.writeText(sku);
                }
                case ReceiveStock(var tenant, var warehouse, var line, var reference) -> {
                    begin(5, tenant, warehouse, out);
                    writeLine(line, out);
                    out.writeText(reference);
                }
                case AdjustStock(var tenant, var warehouse, var item, var change, var reason) -> {
                    begin(6, tenant, warehouse, out);
                    out.writeUuid(item);
                    out.writeSignedVarLong(change);
                    out.writeText(reason);
                }
                case MoveStock move -> {
                    out.writeByte(7);
                    writeMove(move, out);
                }
                case ReserveStock(var tenant, var id, var warehouse, var lines, var expiryMicros) -> {
                    begin(8, tenant, id, out);
                    out.writeUuid(warehouse);
                    writeAll(lines, InventoryCodecs::writeLine, out);
                    out.writeVarLong(expiryMicros);
                }
                case ConfirmReservation(var tenant, var id) -> begin(9, tenant, id, out);
                case CancelReservation(var tenant, var id) -> begin(10, tenant, id, out);
                case PlaceOrder order -> {
                    out.writeByte(11);
                    writeOrder(order, out);
                }
                case TakeForOrder(var order) -> {
                    out.writeByte(12);
                    writeOrder(order, out);
                }
                case SendStock(var move) -> {
                    out.writeByte(13);
                    writeMove(move, out);
                }
                case PutStock(var move) -> {
                    out.writeByte(14);
                    writeMove(move, out);
                }
                case SettleAllocation(var tenant, var id) -> begin(15, tenant, id, out);
                case ReleaseAllocation(var tenant, var id) -> begin(16, tenant, id, out);
            }
        }

        @Override
        public InventoryCommand decode(WireReader in) {
            int type = in.readUnsignedByte();
            return switch (type) {
                case 1 -> new AddWarehouse(in.readText(), in.readUuid(), in.readText(), in.readText());
                case 2 -> new LinkWarehouses(in.readText(), in.readUuid(), in.readUuid(), in.readVarLong());
                case 3 -> new AddItem(in.readText(), in.readUuid(), in.readText());
                case 4 -> new LearnItem(in.readText(), in.readUuid(), in.readText());
                case 5 -> new ReceiveStock(in.readText(), in.readUuid(), readLine(in), in.readText());
                case 6 ->
                    new AdjustStock(in.readText(), in.readUuid(), in.readUuid(), in.readSignedVarLong(), in.readText());
                case 7 -> readMove(in);
                case 8 ->
                    new ReserveStock(
                            in.readText(),
                            in.readUuid(),
                            in.readUuid(),
                            readAll(InventoryCodecs::readLine, in),
                            in.readVarLong());
                case 9 -> new ConfirmReservation(in.readText(), in.readUuid());
                case 10 -> new CancelReservation(in.readText(), in.readUuid());
                case 11 -> readOrder(in);
                case 12 -> new TakeForOrder(readOrder(in));
                case 13 -> new SendStock(readMove(in));
                case 14 -> new PutStock(readMove(in));
                case 15 -> new SettleAllocation(in.readText(), in.readUuid());
                case 16 -> new ReleaseAllocation(in.readText(), in.readUuid());
                default -> throw new WireException("inventory command of unknown type " + type);
            };
        }
    }

    private static final class Events implements Codec<InventoryEvent> {
        @Override
        public void encode(InventoryEvent event, WireWriter out) {
            switch (event) {
                case WarehouseAdded(var tenant, var id, var site, var name) -> {
                    begin(1, tenant, id, out);
                    out.writeText(site);
                    out.writeText(name);
                }
                case WarehousesLinked(var tenant, var warehouse, var supplier, var leadMinutes, var version) -> {
                    begin(2, tenant, warehouse, out);
                    out.writeUuid(supplier);
                    out.writeVarLong(leadMinutes);
                    out.writeVarLong(version);
                }
                case ItemAdded(var tenant, var id, var sku) -> {
                    begin(3, tenant, id, out);
                    out.writeText(sku);
                }
                case ItemLearned(var tenant, var id, var sku) -> {
                    begin(4, tenant, id, out);
                    out.writeText(sku);
                }
                case StockReceived(var tenant, var reference, var entry) -> {
                    out.writeByte(5);
                    out.writeText(tenant);
                    out.writeText(reference);
                    writeEntry(entry, out);
                }
                case StockAdjusted(var tenant, var reason, var entry) -> {
                    out.writeByte(6);
                    out.writeText(tenant);
                    out.writeText(reason);
                    writeEntry(entry, out);
                }
                case StockMoved(var tenant, var id, var entries) -> {
                    begin(7, tenant, id, out);
                    writeAll(entries, InventoryCodecs::writeEntry, out);
                }
                case StockArrived(var tenant, var id, var from, var entry) -> {
                    begin(8, tenant, id, out);
                    out.writeUuid(from);
                    writeEntry(entry, out);
                }
                case StockReserved(var allocation, var entries) -> {
                    out.writeByte(9);
                    writeAllocation(allocation, out);
                    writeAll(entries, InventoryCodecs::writeEntry, out);
                }
                case StockSent(var allocation, var to, var entries) -> {
                    out.writeByte(10);
                    writeAllocation(allocation, out);
                    out.writeUuid(to);
                    writeAll(entries, InventoryCodecs::writeEntry, out);
                }
                case OrderPlaced(var order, var amountMinor, var entries) -> {
                    out.writeByte(11);
                    writeOrder(order, out);
                    out.writeVarLong(amountMinor);
                    writeAll(entries, InventoryCodecs::writeEntry, out);
                }
                case AllocationClosed(var allocation, var stage, var entries) -> {
                    out.writeByte(12);
                    writeAllocation(allocation, out);
                    out.writeByte(stage.number());
                    writeAll(entries, InventoryCodecs::writeEntry, out);
                }
            }
        }

        @Override
        public InventoryEvent decode(WireReader in) {
            int type = in.readUnsignedByte();
            return switch (type) {
                case 1 -> new WarehouseAdded(in.readText(), in.readUuid(), in.readText(), in.readText());
                case 2 ->
                    new WarehousesLinked(
                            in.readText(), in.readUuid(), in.readUuid(), in.readVarLong(), in.readVarLong());
                case 3 -> new ItemAdded(in.readText(), in.readUuid(), in.readText());
                case 4 -> new ItemLearned(in.readText(), in.readUuid(), in.readText());
                case 5 -> new StockReceived(in.readText(), in.readText(), readEntry(in));
                case 6 -> new StockAdjusted(in.readText(), in.readText(), readEntry(in));
                case 7 -> new StockMoved(in.readText(), in.readUuid(), readAll(InventoryCodecs::readEntry, in));
                case 8 -> new StockArrived(in.readText(), in.readUuid(), in.readUuid(), readEntry(in));
                case 9 -> new StockReserved(readAllocation(in), readAll(InventoryCodecs::readEntry, in));
                case 10 -> new StockSent(readAllocation(in), in.readUuid(), readAll(InventoryCodecs::readEntry, in));
                case 11 -> new OrderPlaced(readOrder(in), in.readVarLong(), readAll(InventoryCodecs::readEntry, in));
                case 12 ->
                    new AllocationClosed(
                            readAllocation(in),
                            AllocationStage.of(in.readUnsignedByte()),
                            readAll(InventoryCodecs::readEntry, in));
                default -> throw new WireException("inventory event of unknown type " + type);
            };
        }
    }

    static void writeAllocation(Allocation allocation, WireWriter out) {
        out.writeText(allocation.tenant());
        out.writeUuid(allocation.id());
        out.writeByte(allocation.stage().number());
        out.writeUuid(allocation.warehouse());
        writeAll(allocation.lines(), InventoryCodecs::writeLine, out);
        out.writeVarLong(allocation.expiresMicros());
    }

    static Allocation readAllocation(WireReader in) {
        return new Allocation(
                in.readText(),
                in.readUuid(),
                AllocationStage.of(in.readUnsignedByte()),
                in.readUuid(),
                readAll(InventoryCodecs::readLine, in),
                in.readVarLong());
    }

    private static void begin(int type, String tenant, UUID id, WireWriter out) {
        out.writeByte(type);
        out.writeText(tenant);
        out.writeUuid(id);
    }

    private static void writeLine(Line line, WireWriter out) {
        out.writeUuid(line.item());
        out.writeVarLong(line.quantity());
    }

    private static Line readLine(WireReader in) {
        return new Line(in.readUuid(), in.readVarLong());
    }

    private static void writeMove(MoveStock move, WireWriter out) {
        out.writeText(move.tenant());
        out.writeUuid(move.id());
        out.writeUuid(move.from());
        out.writeUuid(move.to());
        writeLine(move.line(), out);
    }

    private static MoveStock readMove(WireReader in) {
        return new MoveStock(in.readText(), in.readUuid(), in.readUuid(), in.readUuid(), readLine(in));
    }

    private static void writeOrder(PlaceOrder order, WireWriter out) {
        out.writeText(order.tenant());
        out.writeUuid(order.id());
        out.writeUuid(order.payment());
        out.writeUuid(order.warehouse());
        out.writeUuid(order.customer());
        out.writeUuid(order.shop());
        out.writeText(order.asset());
        writeAll(order.lines(), InventoryCodecs::writeOrderLine, out);
    }

    private static PlaceOrder readOrder(WireReader in) {
        return new PlaceOrder(
                in.readText(),
                in.readUuid(),
                in.readUuid(),
                in.readUuid(),
                in.readUuid(),
                in.readUuid(),
                in.readText(),
                readAll(InventoryCodecs::readOrderLine, in));
    }

    private static void writeOrderLine(OrderLine line, WireWriter out) {
        out.writeUuid(line.item());
        out.writeVarLong(line.quantity());
        out.writeVarLong(line.unitPriceMinor());
    }

    private static OrderLine readOrderLine(WireReader in) {
        return new OrderLine(in.readUuid(), in.readVarLong(), in.readVarLong());
    }

    private static void writeEntry(StockEntry entry, WireWriter out) {
        out.writeUuid(entry.warehouse());
        out.writeUuid(entry.item());
        out.writeSignedVarLong(entry.onHandChange());
        out.writeSignedVarLong(entry.reservedChange());
        out.writeVarLong(entry.onHand());
        out.writeVarLong(entry.reserved());
        out.writeVarLong(entry.version());
        out.writeVarLong(entry.warehouseVersion());
    }

    private static StockEntry readEntry(WireReader in) {
        return new StockEntry(
                in.readUuid(),
                in.readUuid(),
                in.readSignedVarLong(),
                in.readSignedVarLong(),
                in.readVarLong(),
                in.readVarLong(),
                in.readVarLong(),
                in.readVarLong());
    }

    private static <T> void writeAll(List<T> values, BiConsumer<T, WireWriter> write, WireWriter out) {
        out.writeVarInt(values.size());
        values.forEach(value -> write.accept(value, out));
    }

    private static <T> List<T> readAll(Function<WireReader, T> read, WireReader in) {
        List<T> values = new ArrayList<>();
        for (int left = in.readVarInt(); left > 0; left--) {
            values.add(read.apply(in));
        }
        return values;
    }
}
