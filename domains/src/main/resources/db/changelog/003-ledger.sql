--liquibase formatted sql

-- What is read by anything but its key has an index. They are built beside the writers, outside of a transaction; one whose
-- building was cut off is invalid, and is built again.

--changeset mainstay:003-accounts-owner-id-created-at runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('idx_accounts_owner_id_created_at') AND indisvalid
--comment: A party's accounts.
DROP INDEX CONCURRENTLY IF EXISTS idx_accounts_owner_id_created_at;
CREATE INDEX CONCURRENTLY idx_accounts_owner_id_created_at ON accounts (owner_id, created_at, id) WHERE owner_id IS NOT NULL;
--rollback DROP INDEX CONCURRENTLY IF EXISTS idx_accounts_owner_id_created_at;

--changeset mainstay:003-accounts-ledger-created-at runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('idx_accounts_ledger_created_at') AND indisvalid
--comment: A ledger's accounts.
DROP INDEX CONCURRENTLY IF EXISTS idx_accounts_ledger_created_at;
CREATE INDEX CONCURRENTLY idx_accounts_ledger_created_at ON accounts (tenant, ledger, created_at, id);
--rollback DROP INDEX CONCURRENTLY IF EXISTS idx_accounts_ledger_created_at;

--changeset mainstay:003-transfers-from-created-at runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('idx_transfers_from_created_at') AND indisvalid
--comment: What an account paid; begins as idx_transfers_from_account_id, which stays for the version before.
DROP INDEX CONCURRENTLY IF EXISTS idx_transfers_from_created_at;
CREATE INDEX CONCURRENTLY idx_transfers_from_created_at ON transfers (from_account_id, created_at, id) WHERE from_account_id IS NOT NULL;
--rollback DROP INDEX CONCURRENTLY IF EXISTS idx_transfers_from_created_at;

--changeset mainstay:003-transfers-to-created-at runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('idx_transfers_to_created_at') AND indisvalid
--comment: What an account received; begins as idx_transfers_to_account_id, which stays for the version before.
DROP INDEX CONCURRENTLY IF EXISTS idx_transfers_to_created_at;
CREATE INDEX CONCURRENTLY idx_transfers_to_created_at ON transfers (to_account_id, created_at, id) WHERE to_account_id IS NOT NULL;
--rollback DROP INDEX CONCURRENTLY IF EXISTS idx_transfers_to_created_at;

--changeset mainstay:003-entries-account-created-at runInTransaction:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_index WHERE indexrelid = to_regclass('idx_entries_account_created_at') AND indisvalid
--comment: An account's balance at a time.
DROP INDEX CONCURRENTLY IF EXISTS idx_entries_account_created_at;
CREATE INDEX CONCURRENTLY idx_entries_account_created_at ON entries (account_id, created_at, account_version);
--rollback DROP INDEX CONCURRENTLY IF EXISTS idx_entries_account_created_at;
