package io.mainstay.domain.inventory;

import io.mainstay.core.Invariants;
import io.mainstay.core.domain.StateCodec;
import io.mainstay.core.snapshot.RowChunks;
import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The inventory's state in snapshots, in chunks of one kind each: warehouses, links, items and stock in the order they came,
 * so that rows keep their numbers, then allocations. Kinds are never reused.
 */
final class InventoryStateCodec implements StateCodec<InventoryState> {
    static final InventoryStateCodec INSTANCE = new InventoryStateCodec();

    private static final int WAREHOUSES = 1;
    private static final int LINKS = 2;
    private static final int ITEMS = 3;
    private static final int STOCK = 4;
    private static final int CLOSED = 5;
    private static final int OPEN = 6;

    /** A warehouse. */
    record WarehouseRow(String tenant, UUID id, String site, String name, long version) {}

    /** A warehouse's supplier, both by their numbers in the order of warehouses. */
    record LinkRow(int warehouse, int supplier, long leadMinutes) {}

    /** An item, with what came and went of it on the shard, in the order of {@link Flow}. */
    record ItemRow(String tenant, UUID id, String sku, boolean isHome, List<Long> totals) {}

    /** Stock, by the numbers of its warehouse and item. */
    record StockRow(int warehouse, int item, long onHand, long reserved, long version) {}

    /** An allocation that is closed. */
    record ClosedRow(String tenant, UUID id, AllocationStage stage) {}

    private InventoryStateCodec() {}

    @Override
    public void encode(InventoryState state, WireWriter out, Runnable chunkEnd) {
        check(state);
        RowChunks chunks = new RowChunks(out, chunkEnd);
        Warehouses warehouses = state.warehouses();
        chunks.begin(WAREHOUSES);
        for (int row = 0; row < warehouses.size(); row++) {
            out.writeText(warehouses.tenant(row));
            out.writeUuid(warehouses.id(row));
            out.writeText(warehouses.site(row));
            out.writeText(warehouses.name(row));
            out.writeVarLong(warehouses.version(row));
            chunks.next();
        }
        chunks.end();
        chunks.begin(LINKS);
        for (int link = 0; link < warehouses.links(); link++) {
            out.writeVarInt(warehouses.linkWarehouse(link));
            out.writeVarInt(warehouses.linkSupplier(link));
            out.writeVarLong(warehouses.linkMinutes(link));
            chunks.next();
        }
        chunks.end();
        chunks.begin(ITEMS);
        for (int row = 0; row < state.items().size(); row++) {
            writeItem(state.items(), row, out);
            chunks.next();
        }
        chunks.end();
        chunks.begin(STOCK);
        for (int row = 0; row < state.stock().size(); row++) {
            out.writeVarInt(state.stock().warehouse(row));
            out.writeVarInt(state.stock().item(row));
            out.writeVarLong(state.stock().onHand(row));
            out.writeVarLong(state.stock().reserved(row));
            out.writeVarLong(state.stock().version(row));
            chunks.next();
        }
        chunks.end();
        ClosedAllocations closed = state.closed();
        chunks.begin(CLOSED);
        for (long position = closed.oldest(); position < closed.next(); position++) {
            out.writeText(closed.tenant(position));
            out.writeUuid(closed.id(position));
            out.writeByte(closed.stage(position).number());
            chunks.next();
        }
        chunks.end();
        chunks.begin(OPEN);
        for (Allocation allocation : state.open().sorted()) {
            InventoryCodecs.writeAllocation(allocation, out);
            chunks.next();
        }
        chunks.end();
    }

    @Override
    public void decode(InventoryState state, WireReader chunk) {
        for (Object row : rows(chunk)) {
            switch (row) {
                case WarehouseRow(var tenant, var id, var site, var name, var version) -> {
                    state.warehouses().add(new WarehouseAdded(tenant, id, site, name));
                    state.warehouses().setVersion(state.warehouses().find(id), version);
                }
                case LinkRow(var warehouse, var supplier, var leadMinutes) ->
                    state.warehouses().link(warehouse, supplier, leadMinutes);
                case ItemRow item -> addItem(state.items(), item);
                case StockRow(var warehouse, var item, var onHand, var reserved, var version) ->
                    state.stock().set(state.stock().add(warehouse, item, state.items()), onHand, reserved, version);
                case ClosedRow(var tenant, var id, var stage) -> state.closed().add(tenant, id, stage);
                case Allocation allocation -> state.open().add(allocation);
                default -> throw new IllegalStateException("no row of an inventory: " + row);
            }
        }
    }

    @Override
    public List<?> rows(WireReader chunk) {
        List<Object> rows = new ArrayList<>();
        int kind = chunk.remaining() == 0 ? 0 : chunk.readUnsignedByte();
        while (chunk.remaining() > 0) {
            rows.add(
                    switch (kind) {
                        case WAREHOUSES ->
                            new WarehouseRow(
                                    chunk.readText(),
                                    chunk.readUuid(),
                                    chunk.readText(),
                                    chunk.readText(),
                                    chunk.readVarLong());
                        case LINKS -> new LinkRow(chunk.readVarInt(), chunk.readVarInt(), chunk.readVarLong());
                        case ITEMS -> readItem(chunk);
                        case STOCK ->
                            new StockRow(
                                    chunk.readVarInt(),
                                    chunk.readVarInt(),
                                    chunk.readVarLong(),
                                    chunk.readVarLong(),
                                    chunk.readVarLong());
                        case CLOSED ->
                            new ClosedRow(
                                    chunk.readText(), chunk.readUuid(), AllocationStage.of(chunk.readUnsignedByte()));
                        case OPEN -> InventoryCodecs.readAllocation(chunk);
                        default -> throw new WireException("inventory chunk of unknown kind " + kind);
                    });
        }
        return rows;
    }

    /** No stock was made or lost, and what is spoken for is spoken for by somebody. */
    private static void check(InventoryState state) {
        Items items = state.items();
        StockTable stock = state.stock();
        for (int item = 0; item < items.size(); item++) {
            long pieces = 0;
            for (int row = items.firstStock(item); row != StockTable.NONE; row = stock.nextOfItem(row)) {
                pieces += stock.onHand(row);
            }
            Invariants.check(
                    pieces == items.balance(item),
                    "%d pieces of an item lie in warehouses, and %d came and did not leave",
                    pieces,
                    items.balance(item));
        }
        long[] held = new long[stock.size()];
        for (Allocation allocation : state.open().sorted()) {
            int warehouse = state.warehouses().find(allocation.warehouse());
            for (Line line : allocation.lines()) {
                if (allocation.stage().isHolding()) {
                    held[stock.find(warehouse, items.find(line.item()))] += line.quantity();
                }
            }
        }
        for (int row = 0; row < held.length; row++) {
            Invariants.check(
                    held[row] == stock.reserved(row),
                    "%d pieces are spoken for, and the stock says %d",
                    held[row],
                    stock.reserved(row));
            Invariants.check(
                    stock.reserved(row) <= stock.onHand(row),
                    "%d pieces are spoken for, and %d are there",
                    stock.reserved(row),
                    stock.onHand(row));
        }
    }

    private static void writeItem(Items items, int row, WireWriter out) {
        out.writeText(items.tenant(row));
        out.writeUuid(items.id(row));
        out.writeText(items.sku(row));
        out.writeByte(items.isHome(row) ? 1 : 0);
        for (Flow flow : Flow.COUNTED) {
            out.writeSignedVarLong(items.total(row, flow));
        }
    }

    private static ItemRow readItem(WireReader in) {
        String tenant = in.readText();
        UUID id = in.readUuid();
        String sku = in.readText();
        boolean isHome = in.readUnsignedByte() == 1;
        List<Long> totals = new ArrayList<>();
        for (int flow = 0; flow < Flow.COUNT; flow++) {
            totals.add(in.readSignedVarLong());
        }
        return new ItemRow(tenant, id, sku, isHome, totals);
    }

    private static void addItem(Items items, ItemRow row) {
        items.add(row.tenant(), row.id(), row.sku(), row.isHome());
        for (Flow flow : Flow.COUNTED) {
            items.setTotal(items.find(row.id()), flow, row.totals().get(flow.index()));
        }
    }
}
