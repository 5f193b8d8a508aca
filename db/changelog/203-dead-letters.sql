--liquibase formatted sql

--changeset mainstay:203-dead-letters
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'dead_letters'
--comment: Events that could not be projected, and those that wait behind them; written in the transaction of the position that passes them.
CREATE TABLE dead_letters (
    id uuid NOT NULL,
    target text NOT NULL,
    shard integer NOT NULL,
    log_offset bigint NOT NULL,
    event_index integer NOT NULL,
    event_at timestamptz NOT NULL,
    domain_id integer NOT NULL,
    domain text NOT NULL,
    schema_version integer NOT NULL,
    type text NOT NULL,
    row_keys text[] NOT NULL,
    event bytea,
    frame_hash bytea NOT NULL,
    state text NOT NULL,
    cause text NOT NULL,
    stack text NOT NULL,
    retries integer NOT NULL DEFAULT 0,
    closed_by text,
    closed_because text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_dead_letters PRIMARY KEY (id),
    CONSTRAINT chk_dead_letters_shard_not_negative CHECK (shard >= 0),
    CONSTRAINT chk_dead_letters_place_not_negative CHECK (log_offset >= 0 AND event_index >= 0),
    CONSTRAINT chk_dead_letters_state CHECK (state IN ('parked', 'queued', 'resolved', 'discarded')),
    CONSTRAINT chk_dead_letters_event_while_open CHECK ((event IS NOT NULL) = (state IN ('parked', 'queued'))),
    CONSTRAINT chk_dead_letters_discarded_by CHECK (
        (state = 'discarded') = (closed_by IS NOT NULL AND closed_because IS NOT NULL)),
    CONSTRAINT chk_dead_letters_hash_size CHECK (octet_length(frame_hash) = 32),
    CONSTRAINT chk_dead_letters_cause_length CHECK (char_length(cause) <= 2000),
    CONSTRAINT chk_dead_letters_stack_length CHECK (char_length(stack) <= 16000),
    CONSTRAINT chk_dead_letters_retries_not_negative CHECK (retries >= 0),
    CONSTRAINT chk_dead_letters_times_in_order CHECK (updated_at >= created_at)
);
COMMENT ON COLUMN dead_letters.row_keys IS 'Rows that wait for the event: table, then its key; or *, then a UUID in any key';
COMMENT ON COLUMN dead_letters.event IS 'personal: as the log tells it; gone once the letter is closed';
COMMENT ON COLUMN dead_letters.schema_version IS 'Of the domain, that the event is written in';
COMMENT ON COLUMN dead_letters.cause IS 'Without a value of any row';
CREATE UNIQUE INDEX idx_dead_letters_open ON dead_letters (target, shard, log_offset, event_index)
    WHERE state IN ('parked', 'queued');
CREATE INDEX idx_dead_letters_place ON dead_letters (target, shard, log_offset, event_index, id);
--rollback DROP TABLE dead_letters;
