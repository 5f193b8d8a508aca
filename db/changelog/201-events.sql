--liquibase formatted sql

--changeset mainstay:201-events
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'events'
--comment: Every event as it was decided, for audit: rows are added and never changed. created_at is the event's own time.
CREATE TABLE events (
    id uuid NOT NULL,
    log_offset bigint NOT NULL,
    event_index integer NOT NULL,
    domain text NOT NULL,
    type text NOT NULL,
    aggregate_id uuid,
    frame_hash bytea NOT NULL,
    event text NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_events PRIMARY KEY (id, created_at, shard),
    CONSTRAINT chk_events_shard_not_negative CHECK (shard >= 0),
    CONSTRAINT chk_events_place_not_negative CHECK (log_offset >= 0 AND event_index >= 0),
    CONSTRAINT chk_events_hash_size CHECK (octet_length(frame_hash) = 32),
    CONSTRAINT chk_events_never_changed CHECK (updated_at = created_at AND deleted_at IS NULL)
) PARTITION BY RANGE (created_at);
CREATE TABLE events_default PARTITION OF events DEFAULT;
COMMENT ON TABLE events IS 'retention: audit';
COMMENT ON COLUMN events.aggregate_id IS 'The aggregate that the event makes or changes first; NULL: none is named';
COMMENT ON COLUMN events.frame_hash IS 'SHA-256 of the log frame that tells the event';
COMMENT ON COLUMN events.event IS 'JSON; personal data is masked';
CREATE INDEX idx_events_aggregate_id ON events (aggregate_id, created_at) WHERE aggregate_id IS NOT NULL;
--rollback DROP TABLE events;

--changeset mainstay:201-events-append-only splitStatements:false
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_trigger WHERE tgname = 'events_append_only' AND tgrelid = to_regclass('events')
--comment: The owner of the table gives its own right to change rows away; the trigger holds those whom no right binds.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON events FROM PUBLIC, CURRENT_USER;
--rollback DROP TRIGGER events_append_only ON events; DROP FUNCTION refuse_change(); GRANT UPDATE, DELETE, TRUNCATE ON events TO CURRENT_USER;
