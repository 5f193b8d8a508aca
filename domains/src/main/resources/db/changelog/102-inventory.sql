--liquibase formatted sql

-- Beside the writers: a column without a default rewrites no row, and the indexes are built outside of a transaction.

--changeset mainstay:102-warehouse-suppliers-tenant
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'warehouse_suppliers' AND column_name = 'tenant'
--comment: NULL: of a row that the version before has written, until it is filled from the warehouse.
SET LOCAL lock_timeout = '2s';
ALTER TABLE warehouse_suppliers ADD COLUMN tenant text;
--rollback ALTER TABLE warehouse_suppliers DROP COLUMN tenant;

--changeset mainstay:102-warehouse-suppliers-tenant-missing runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('idx_warehouse_suppliers_tenant_missing') AND indisvalid
--comment: The rows whose tenant is to be filled.
DROP INDEX CONCURRENTLY IF EXISTS idx_warehouse_suppliers_tenant_missing;
CREATE INDEX CONCURRENTLY idx_warehouse_suppliers_tenant_missing ON warehouse_suppliers (warehouse_id) WHERE tenant IS NULL;
--rollback DROP INDEX CONCURRENTLY IF EXISTS idx_warehouse_suppliers_tenant_missing;

--changeset mainstay:102-stock-levels-tenant
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'stock_levels' AND column_name = 'tenant'
--comment: NULL: of a row that the version before has written, until it is filled from the warehouse.
SET LOCAL lock_timeout = '2s';
ALTER TABLE stock_levels ADD COLUMN tenant text;
--rollback ALTER TABLE stock_levels DROP COLUMN tenant;

--changeset mainstay:102-stock-levels-tenant-missing runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('idx_stock_levels_tenant_missing') AND indisvalid
--comment: The rows whose tenant is to be filled.
DROP INDEX CONCURRENTLY IF EXISTS idx_stock_levels_tenant_missing;
CREATE INDEX CONCURRENTLY idx_stock_levels_tenant_missing ON stock_levels (warehouse_id) WHERE tenant IS NULL;
--rollback DROP INDEX CONCURRENTLY IF EXISTS idx_stock_levels_tenant_missing;

--changeset mainstay:102-stock-movements-tenant
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'stock_movements' AND column_name = 'tenant'
--comment: NULL: of a row that the version before has written, until it is filled from the warehouse.
SET LOCAL lock_timeout = '2s';
ALTER TABLE stock_movements ADD COLUMN tenant text;
--rollback ALTER TABLE stock_movements DROP COLUMN tenant;

--changeset mainstay:102-stock-movements-tenant-missing runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('idx_stock_movements_tenant_missing') AND indisvalid
--comment: The rows whose tenant is to be filled.
DROP INDEX CONCURRENTLY IF EXISTS idx_stock_movements_tenant_missing;
CREATE INDEX CONCURRENTLY idx_stock_movements_tenant_missing ON stock_movements (warehouse_id) WHERE tenant IS NULL;
--rollback DROP INDEX CONCURRENTLY IF EXISTS idx_stock_movements_tenant_missing;
