--liquibase formatted sql

-- A changeset and the note that it has run are two transactions: the preconditions let one that was cut off
-- between them be noted at the next start.

--changeset mainstay:001-accounts
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'accounts'
--comment: An account as of the projected position; version counts its changes.
CREATE TABLE accounts (
    id uuid NOT NULL,
    ledger text NOT NULL,
    asset text NOT NULL,
    min_balance_minor bigint,
    balance_minor bigint NOT NULL,
    version bigint NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_accounts PRIMARY KEY (id),
    CONSTRAINT chk_accounts_asset_format CHECK (asset ~ '^[A-Z0-9]{3,12}$'),
    CONSTRAINT chk_accounts_min_balance_not_positive CHECK (min_balance_minor <= 0),
    CONSTRAINT chk_accounts_balance_in_limit CHECK (balance_minor >= min_balance_minor),
    CONSTRAINT chk_accounts_version_positive CHECK (version > 0),
    CONSTRAINT chk_accounts_shard_not_negative CHECK (shard >= 0)
);
COMMENT ON COLUMN accounts.min_balance_minor IS 'NULL: no limit';
--rollback DROP TABLE accounts;

--changeset mainstay:001-transfers
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'transfers'
CREATE TABLE transfers (
    id uuid NOT NULL,
    from_account_id uuid NOT NULL,
    to_account_id uuid NOT NULL,
    asset text NOT NULL,
    amount_minor bigint NOT NULL,
    reference text,
    shard integer NOT NULL,
    log_offset bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_transfers PRIMARY KEY (id),
    CONSTRAINT fk_transfers_from_accounts FOREIGN KEY (from_account_id) REFERENCES accounts (id),
    CONSTRAINT fk_transfers_to_accounts FOREIGN KEY (to_account_id) REFERENCES accounts (id),
    CONSTRAINT chk_transfers_amount_positive CHECK (amount_minor > 0),
    CONSTRAINT chk_transfers_accounts_differ CHECK (from_account_id <> to_account_id)
);
CREATE INDEX idx_transfers_from_account_id ON transfers (from_account_id);
CREATE INDEX idx_transfers_to_account_id ON transfers (to_account_id);
--rollback DROP TABLE transfers;

--changeset mainstay:001-entries
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'entries'
--comment: One account's side of a transfer. The unique index serves an account's pages, newest first.
CREATE TABLE entries (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    transfer_id uuid NOT NULL,
    counterparty_id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    balance_minor bigint NOT NULL,
    account_version bigint NOT NULL,
    reference text,
    shard integer NOT NULL,
    log_offset bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_entries PRIMARY KEY (id),
    CONSTRAINT uq_entries_account_version UNIQUE (account_id, account_version),
    CONSTRAINT fk_entries_accounts FOREIGN KEY (account_id) REFERENCES accounts (id),
    CONSTRAINT fk_entries_transfers FOREIGN KEY (transfer_id) REFERENCES transfers (id),
    CONSTRAINT chk_entries_amount_not_zero CHECK (amount_minor <> 0),
    CONSTRAINT chk_entries_account_version_positive CHECK (account_version > 0)
);
COMMENT ON COLUMN entries.counterparty_id IS 'No foreign key of its own: the transfer refers to both accounts';
CREATE INDEX idx_entries_transfer_id ON entries (transfer_id);
--rollback DROP TABLE entries;
