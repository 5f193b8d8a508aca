--liquibase formatted sql logicalFilePath:db/changelog/001-ledger.sql

-- Stood beside the ledger's tables once, and keeps that path: by it a database knows that the changeset has run.

--changeset mainstay:001-projection-positions
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'projection_positions'
--comment: How far a projection has come in a shard's log; written in the transaction of the rows.
CREATE TABLE projection_positions (
    target text NOT NULL,
    shard integer NOT NULL,
    next_sequence bigint NOT NULL,
    next_offset bigint NOT NULL,
    executed_before bigint NOT NULL,
    epoch integer NOT NULL,
    frame_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_projection_positions PRIMARY KEY (target, shard),
    CONSTRAINT chk_projection_positions_shard_not_negative CHECK (shard >= 0),
    CONSTRAINT chk_projection_positions_sequence_not_negative CHECK (next_sequence >= 0),
    CONSTRAINT chk_projection_positions_executed_in_log CHECK (executed_before BETWEEN 0 AND next_offset),
    CONSTRAINT chk_projection_positions_hash_size CHECK (octet_length(frame_hash) = 32)
) WITH (fillfactor = 50);
COMMENT ON COLUMN projection_positions.next_offset IS 'Of the next command in the log';
COMMENT ON COLUMN projection_positions.executed_before IS
    'Rows hold every outcome below this offset; a command''s outcome stands in a later frame than the command';
--rollback DROP TABLE projection_positions;
