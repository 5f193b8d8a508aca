--liquibase formatted sql

-- A changeset and the note that it has run are two transactions: the preconditions let one that was cut off
-- between them be noted at the next start.

--changeset mainstay:101-warehouses
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'warehouses'
CREATE TABLE warehouses (
    id uuid NOT NULL,
    tenant text NOT NULL,
    site text NOT NULL,
    name text NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_warehouses PRIMARY KEY (id),
    CONSTRAINT chk_warehouses_shard_not_negative CHECK (shard >= 0)
);
--rollback DROP TABLE warehouses;

--changeset mainstay:101-warehouse-suppliers
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'warehouse_suppliers'
--comment: Who supplies whom; the links have no cycle.
CREATE TABLE warehouse_suppliers (
    warehouse_id uuid NOT NULL,
    supplier_id uuid NOT NULL,
    lead_minutes bigint NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_warehouse_suppliers PRIMARY KEY (warehouse_id, supplier_id),
    CONSTRAINT fk_warehouse_suppliers_warehouse FOREIGN KEY (warehouse_id) REFERENCES warehouses (id),
    CONSTRAINT fk_warehouse_suppliers_supplier FOREIGN KEY (supplier_id) REFERENCES warehouses (id),
    CONSTRAINT chk_warehouse_suppliers_differ CHECK (warehouse_id <> supplier_id),
    CONSTRAINT chk_warehouse_suppliers_lead_not_negative CHECK (lead_minutes >= 0)
);
CREATE INDEX idx_warehouse_suppliers_supplier_id ON warehouse_suppliers (supplier_id);
--rollback DROP TABLE warehouse_suppliers;

--changeset mainstay:101-items
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'items'
CREATE TABLE items (
    id uuid NOT NULL,
    tenant text NOT NULL,
    sku text NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_items PRIMARY KEY (id)
);
CREATE INDEX idx_items_sku ON items (tenant, sku);
--rollback DROP TABLE items;

--changeset mainstay:101-stock-levels
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'stock_levels'
--comment: Stock as of the projected position; version counts its changes. Items may come later, from another shard.
CREATE TABLE stock_levels (
    warehouse_id uuid NOT NULL,
    item_id uuid NOT NULL,
    on_hand bigint NOT NULL,
    reserved bigint NOT NULL,
    version bigint NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_stock_levels PRIMARY KEY (warehouse_id, item_id),
    CONSTRAINT fk_stock_levels_warehouses FOREIGN KEY (warehouse_id) REFERENCES warehouses (id),
    CONSTRAINT chk_stock_levels_reserved_is_there CHECK (reserved >= 0 AND reserved <= on_hand),
    CONSTRAINT chk_stock_levels_version_positive CHECK (version > 0)
);
CREATE INDEX idx_stock_levels_item_id ON stock_levels (item_id);
--rollback DROP TABLE stock_levels;

--changeset mainstay:101-stock-reservations
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'stock_reservations'
--comment: The unique index serves a warehouse's pages, newest first.
CREATE TABLE stock_reservations (
    warehouse_id uuid NOT NULL,
    id uuid NOT NULL,
    tenant text NOT NULL,
    status text NOT NULL,
    pieces bigint NOT NULL,
    expires_at timestamptz NOT NULL,
    warehouse_version bigint NOT NULL,
    log_offset bigint NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_stock_reservations PRIMARY KEY (warehouse_id, id),
    CONSTRAINT uq_stock_reservations_version UNIQUE (warehouse_id, warehouse_version),
    CONSTRAINT fk_stock_reservations_warehouses FOREIGN KEY (warehouse_id) REFERENCES warehouses (id),
    CONSTRAINT chk_stock_reservations_status CHECK (status IN ('reserved', 'confirmed', 'cancelled', 'expired')),
    CONSTRAINT chk_stock_reservations_pieces_positive CHECK (pieces > 0)
);
CREATE INDEX idx_stock_reservations_id ON stock_reservations (id);
--rollback DROP TABLE stock_reservations;

--changeset mainstay:101-orders
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'orders'
--comment: The accounts and the transfer are of another domain, and of any shard.
CREATE TABLE orders (
    warehouse_id uuid NOT NULL,
    id uuid NOT NULL,
    tenant text NOT NULL,
    status text NOT NULL,
    payment_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    shop_id uuid NOT NULL,
    asset text NOT NULL,
    amount_minor bigint NOT NULL,
    log_offset bigint NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_orders PRIMARY KEY (warehouse_id, id),
    CONSTRAINT fk_orders_warehouses FOREIGN KEY (warehouse_id) REFERENCES warehouses (id),
    CONSTRAINT chk_orders_status CHECK (status IN ('placing', 'shipped', 'withdrawn')),
    CONSTRAINT chk_orders_amount_positive CHECK (amount_minor > 0)
);
CREATE INDEX idx_orders_id ON orders (id);
CREATE INDEX idx_orders_customer_id ON orders (customer_id);
--rollback DROP TABLE orders;

--changeset mainstay:101-stock-moves
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'stock_moves'
--comment: The warehouse that gets may be of another shard, whose rows may come later.
CREATE TABLE stock_moves (
    from_warehouse_id uuid NOT NULL,
    id uuid NOT NULL,
    tenant text NOT NULL,
    status text NOT NULL,
    to_warehouse_id uuid NOT NULL,
    item_id uuid NOT NULL,
    quantity bigint NOT NULL,
    log_offset bigint NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_stock_moves PRIMARY KEY (from_warehouse_id, id),
    CONSTRAINT fk_stock_moves_from_warehouses FOREIGN KEY (from_warehouse_id) REFERENCES warehouses (id),
    CONSTRAINT chk_stock_moves_status CHECK (status IN ('moved', 'sending', 'delivered', 'returned')),
    CONSTRAINT chk_stock_moves_quantity_positive CHECK (quantity > 0)
);
CREATE INDEX idx_stock_moves_id ON stock_moves (id);
--rollback DROP TABLE stock_moves;

--changeset mainstay:101-stock-movements
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'stock_movements'
--comment: What became of the stock of a warehouse. The primary key serves its pages, newest first.
CREATE TABLE stock_movements (
    warehouse_id uuid NOT NULL,
    warehouse_version bigint NOT NULL,
    item_id uuid NOT NULL,
    kind text NOT NULL,
    cause_id uuid,
    reference text,
    on_hand_change bigint NOT NULL,
    reserved_change bigint NOT NULL,
    on_hand bigint NOT NULL,
    reserved bigint NOT NULL,
    log_offset bigint NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_stock_movements PRIMARY KEY (warehouse_id, warehouse_version),
    CONSTRAINT fk_stock_movements_warehouses FOREIGN KEY (warehouse_id) REFERENCES warehouses (id)
);
CREATE INDEX idx_stock_movements_item_id ON stock_movements (item_id);
CREATE INDEX idx_stock_movements_cause_id ON stock_movements (cause_id);
--rollback DROP TABLE stock_movements;
