--liquibase formatted sql

-- Each of these is quick and takes its table's lock for a moment only: a column with a constant default rewrites no row, and
-- a constraint that goes checks none. The version before goes on writing beside them.

--changeset mainstay:002-drop-keys-between-shards
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:1 SELECT count(*) FROM pg_constraint WHERE conname = 'fk_transfers_to_accounts' AND connamespace = current_schema()::regnamespace
--comment: Shards' logs are projected independently: one account of a transfer, or the transfer of an entry, may come later.
ALTER TABLE entries DROP CONSTRAINT fk_entries_transfers;
ALTER TABLE transfers DROP CONSTRAINT fk_transfers_from_accounts, DROP CONSTRAINT fk_transfers_to_accounts;
--rollback ALTER TABLE transfers ADD CONSTRAINT fk_transfers_from_accounts FOREIGN KEY (from_account_id) REFERENCES accounts (id) NOT VALID, ADD CONSTRAINT fk_transfers_to_accounts FOREIGN KEY (to_account_id) REFERENCES accounts (id) NOT VALID;
--rollback ALTER TABLE entries ADD CONSTRAINT fk_entries_transfers FOREIGN KEY (transfer_id) REFERENCES transfers (id) NOT VALID;
--rollback ALTER TABLE transfers VALIDATE CONSTRAINT fk_transfers_from_accounts;
--rollback ALTER TABLE transfers VALIDATE CONSTRAINT fk_transfers_to_accounts;
--rollback ALTER TABLE entries VALIDATE CONSTRAINT fk_entries_transfers;

--changeset mainstay:002-parties
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'parties'
--comment: Who may own accounts. Name and e-mail are personal data.
CREATE TABLE parties (
    id uuid NOT NULL,
    tenant text NOT NULL,
    ledger text NOT NULL,
    name text,
    email text,
    version bigint NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_parties PRIMARY KEY (id),
    CONSTRAINT chk_parties_version_positive CHECK (version > 0)
);
COMMENT ON COLUMN parties.name IS 'personal; NULL: erased';
COMMENT ON COLUMN parties.email IS 'personal; NULL: none, or erased';
--rollback DROP TABLE parties;

--changeset mainstay:002-assets
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'assets'
--comment: What tenants have defined; each shard tells it, and the first makes the row.
CREATE TABLE assets (
    tenant text NOT NULL,
    code text NOT NULL,
    scale integer NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_assets PRIMARY KEY (tenant, code),
    CONSTRAINT chk_assets_scale_in_range CHECK (scale BETWEEN 0 AND 18)
);
--rollback DROP TABLE assets;

--changeset mainstay:002-accounts
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'accounts' AND column_name = 'tenant'
ALTER TABLE accounts
    ADD COLUMN tenant text NOT NULL DEFAULT '',
    ADD COLUMN max_balance_minor bigint,
    ADD COLUMN reserved_minor bigint NOT NULL DEFAULT 0,
    ADD COLUMN expected_minor bigint NOT NULL DEFAULT 0,
    ADD COLUMN status text NOT NULL DEFAULT 'open',
    ADD COLUMN frozen_reason text,
    ADD COLUMN reference text,
    ADD COLUMN owner_id uuid,
    DROP CONSTRAINT chk_accounts_min_balance_not_positive;
COMMENT ON COLUMN accounts.max_balance_minor IS 'NULL: no limit';
COMMENT ON COLUMN accounts.reserved_minor IS 'part of the balance that transfers not yet confirmed may take';
COMMENT ON COLUMN accounts.expected_minor IS 'what transfers not yet confirmed, or not yet settled by another shard, may bring';
--rollback ALTER TABLE accounts DROP COLUMN tenant, DROP COLUMN max_balance_minor, DROP COLUMN reserved_minor, DROP COLUMN expected_minor, DROP COLUMN status, DROP COLUMN frozen_reason, DROP COLUMN reference, DROP COLUMN owner_id, ADD CONSTRAINT chk_accounts_min_balance_not_positive CHECK (min_balance_minor <= 0) NOT VALID;

--changeset mainstay:002-transfers
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'transfers' AND column_name = 'status'
--comment: A transfer of several legs has no two accounts of its own: its entries tell. reversed_by is the latest transfer that takes it back; that one's status tells whether it did.
ALTER TABLE transfers
    ADD COLUMN tenant text NOT NULL DEFAULT '',
    ADD COLUMN status text NOT NULL DEFAULT 'posted',
    ADD COLUMN reverses uuid,
    ADD COLUMN reversed_by uuid,
    ADD COLUMN expires_at timestamptz,
    ALTER COLUMN from_account_id DROP NOT NULL,
    ALTER COLUMN to_account_id DROP NOT NULL,
    ALTER COLUMN asset DROP NOT NULL,
    ALTER COLUMN amount_minor DROP NOT NULL;
--rollback DELETE FROM transfers WHERE from_account_id IS NULL OR to_account_id IS NULL OR asset IS NULL OR amount_minor IS NULL;
--rollback ALTER TABLE transfers DROP COLUMN tenant, DROP COLUMN status, DROP COLUMN reverses, DROP COLUMN reversed_by, DROP COLUMN expires_at, ALTER COLUMN from_account_id SET NOT NULL, ALTER COLUMN to_account_id SET NOT NULL, ALTER COLUMN asset SET NOT NULL, ALTER COLUMN amount_minor SET NOT NULL;

--changeset mainstay:002-entries
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'entries' AND column_name = 'asset'
--comment: One entry for each change of a balance, so that an account's entries add up to it. What is only reserved or expected makes none.
ALTER TABLE entries
    ADD COLUMN asset text,
    ALTER COLUMN counterparty_id DROP NOT NULL;
COMMENT ON COLUMN entries.counterparty_id IS 'No foreign key of its own: the transfer refers to both accounts. NULL: several, or only the transfer''s own shard knows';
COMMENT ON COLUMN entries.asset IS 'NULL: that of the account; from before transfers of several assets';
--rollback UPDATE entries SET counterparty_id = account_id WHERE counterparty_id IS NULL;
--rollback ALTER TABLE entries DROP COLUMN asset, ALTER COLUMN counterparty_id SET NOT NULL;

--changeset mainstay:002-in-flight
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_views WHERE schemaname = current_schema() AND viewname = 'in_flight'
--comment: Of each asset, what left a shard's accounts for others less what came: with it, the shard's balances add up to 0.
CREATE VIEW in_flight AS
    SELECT shard, tenant, asset, -sum(balance_minor) AS in_flight_minor
      FROM accounts
     GROUP BY shard, tenant, asset;
--rollback DROP VIEW in_flight;
