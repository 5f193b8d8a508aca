--liquibase formatted sql

-- Beside the writers: what needs a table's lock waits for it a moment only, and is tried again; what reads all rows takes no
-- lock that a writer waits for.

--changeset mainstay:004-transfers-from-account-id-gone runInTransaction:false
--comment: idx_transfers_from_created_at begins alike, and the version that knew no other is over.
DROP INDEX CONCURRENTLY IF EXISTS idx_transfers_from_account_id;
--rollback DROP INDEX CONCURRENTLY IF EXISTS idx_transfers_from_account_id;
--rollback CREATE INDEX CONCURRENTLY idx_transfers_from_account_id ON transfers (from_account_id);

--changeset mainstay:004-transfers-to-account-id-gone runInTransaction:false
--comment: idx_transfers_to_created_at begins alike.
DROP INDEX CONCURRENTLY IF EXISTS idx_transfers_to_account_id;
--rollback DROP INDEX CONCURRENTLY IF EXISTS idx_transfers_to_account_id;
--rollback CREATE INDEX CONCURRENTLY idx_transfers_to_account_id ON transfers (to_account_id);

--changeset mainstay:004-entries-tenant
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'entries' AND column_name = 'tenant'
--comment: NULL: of a row that the version before has written, until it is filled from the account.
SET LOCAL lock_timeout = '2s';
ALTER TABLE entries ADD COLUMN tenant text;
--rollback ALTER TABLE entries DROP COLUMN tenant;

--changeset mainstay:004-entries-tenant-missing runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('idx_entries_tenant_missing') AND indisvalid
--comment: The rows whose tenant is to be filled.
DROP INDEX CONCURRENTLY IF EXISTS idx_entries_tenant_missing;
CREATE INDEX CONCURRENTLY idx_entries_tenant_missing ON entries (account_id) WHERE tenant IS NULL;
--rollback DROP INDEX CONCURRENTLY IF EXISTS idx_entries_tenant_missing;

--changeset mainstay:004-entries-before-key runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('pk_entries_before') AND indisvalid
--comment: A key of a partition has the columns by which rows come into it.
DROP INDEX CONCURRENTLY IF EXISTS pk_entries_before;
CREATE UNIQUE INDEX CONCURRENTLY pk_entries_before ON entries (id, created_at, shard);
--rollback DROP INDEX CONCURRENTLY IF EXISTS pk_entries_before;

--changeset mainstay:004-entries-before-account-version runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('uq_entries_before_account_version') AND indisvalid
DROP INDEX CONCURRENTLY IF EXISTS uq_entries_before_account_version;
CREATE UNIQUE INDEX CONCURRENTLY uq_entries_before_account_version ON entries (account_id, account_version, created_at, shard);
--rollback DROP INDEX CONCURRENTLY IF EXISTS uq_entries_before_account_version;

--changeset mainstay:004-entries-before-bound runInTransaction:false endDelimiter:@@
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_constraint WHERE conrelid = to_regclass('entries') AND conname = 'chk_entries_before_bound' AND convalidated
--comment: Rows of before, and those of this month and the next, stay in one partition. Two statements, each a transaction: the second reads all rows beside the writers.
DO $bound$
BEGIN
    SET LOCAL lock_timeout = '2s';
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('entries') AND conname = 'chk_entries_before_bound') THEN
        EXECUTE format('ALTER TABLE entries ADD CONSTRAINT chk_entries_before_bound CHECK (created_at < %L) NOT VALID',
                       date_trunc('month', now(), 'UTC') + interval '2 months');
    END IF;
END
$bound$
@@
ALTER TABLE entries VALIDATE CONSTRAINT chk_entries_before_bound
@@
--rollback ALTER TABLE entries DROP CONSTRAINT IF EXISTS chk_entries_before_bound;

--changeset mainstay:004-entries-partitions splitStatements:false rollbackSplitStatements:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM pg_class WHERE oid = to_regclass('entries') AND relkind = 'r'
--comment: The table becomes the first partition of one of its name: no row moves, and none is read.
SET LOCAL lock_timeout = '2s';
LOCK TABLE entries IN ACCESS EXCLUSIVE MODE;
ALTER TABLE entries RENAME TO entries_before;
ALTER TABLE entries_before
    DROP CONSTRAINT pk_entries,
    DROP CONSTRAINT uq_entries_account_version,
    ADD CONSTRAINT pk_entries_before PRIMARY KEY USING INDEX pk_entries_before,
    ADD CONSTRAINT uq_entries_before_account_version UNIQUE USING INDEX uq_entries_before_account_version;
ALTER INDEX idx_entries_transfer_id RENAME TO idx_entries_before_transfer_id;
ALTER INDEX idx_entries_account_created_at RENAME TO idx_entries_before_account_created_at;
ALTER INDEX idx_entries_tenant_missing RENAME TO idx_entries_before_tenant_missing;
CREATE TABLE entries (
    LIKE entries_before INCLUDING DEFAULTS INCLUDING COMMENTS INCLUDING STORAGE,
    CONSTRAINT pk_entries PRIMARY KEY (id, created_at, shard),
    CONSTRAINT uq_entries_account_version UNIQUE (account_id, account_version, created_at, shard),
    CONSTRAINT fk_entries_accounts FOREIGN KEY (account_id) REFERENCES accounts (id),
    CONSTRAINT chk_entries_amount_not_zero CHECK (amount_minor <> 0),
    CONSTRAINT chk_entries_account_version_positive CHECK (account_version > 0)
) PARTITION BY RANGE (created_at);
CREATE INDEX idx_entries_transfer_id ON entries (transfer_id);
CREATE INDEX idx_entries_account_created_at ON entries (account_id, created_at, account_version);
CREATE INDEX idx_entries_tenant_missing ON entries (account_id) WHERE tenant IS NULL;
COMMENT ON TABLE entries IS 'retention: transactions';
DO $attach$
DECLARE
    bound timestamptz := (
        SELECT (regexp_match(pg_get_constraintdef(oid), '''([^'']+)'''))[1]
          FROM pg_constraint WHERE conrelid = 'entries_before'::regclass AND conname = 'chk_entries_before_bound');
BEGIN
    IF NOT EXISTS (SELECT FROM entries_before) THEN
        bound := date_trunc('month', now(), 'UTC');
    END IF;
    EXECUTE format('ALTER TABLE entries ATTACH PARTITION entries_before FOR VALUES FROM (MINVALUE) TO (%L)', bound);
END
$attach$;
ALTER TABLE entries_before DROP CONSTRAINT chk_entries_before_bound;
CREATE TABLE entries_default PARTITION OF entries DEFAULT;
--rollback LOCK TABLE entries IN ACCESS EXCLUSIVE MODE;
--rollback ALTER TABLE entries DETACH PARTITION entries_before;
--rollback INSERT INTO entries_before SELECT * FROM entries;
--rollback DROP TABLE entries;
--rollback ALTER TABLE entries_before
--rollback     DROP CONSTRAINT pk_entries_before,
--rollback     DROP CONSTRAINT uq_entries_before_account_version,
--rollback     ADD CONSTRAINT pk_entries PRIMARY KEY (id),
--rollback     ADD CONSTRAINT uq_entries_account_version UNIQUE (account_id, account_version);
--rollback CREATE UNIQUE INDEX pk_entries_before ON entries_before (id, created_at, shard);
--rollback CREATE UNIQUE INDEX uq_entries_before_account_version ON entries_before (account_id, account_version, created_at, shard);
--rollback ALTER INDEX idx_entries_before_transfer_id RENAME TO idx_entries_transfer_id;
--rollback ALTER INDEX idx_entries_before_account_created_at RENAME TO idx_entries_account_created_at;
--rollback ALTER INDEX idx_entries_before_tenant_missing RENAME TO idx_entries_tenant_missing;
--rollback ALTER TABLE entries_before RENAME TO entries;
--rollback DO $bound$
--rollback BEGIN
--rollback     EXECUTE format('ALTER TABLE entries ADD CONSTRAINT chk_entries_before_bound CHECK (created_at < %L)',
--rollback                    greatest(date_trunc('month', now(), 'UTC') + interval '2 months', (SELECT max(created_at) + interval '1 month' FROM entries)));
--rollback END
--rollback $bound$;
