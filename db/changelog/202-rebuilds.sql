--liquibase formatted sql

--changeset mainstay:202-rebuilds
--preconditions onFail:MARK_RAN
--precondition-sql-check expectedResult:0 SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'rebuilds'
--comment: Orders to make a target's tables anew, and what became of them.
CREATE TABLE rebuilds (
    id uuid NOT NULL,
    target text NOT NULL,
    state text NOT NULL,
    progress text NOT NULL,
    cause text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT pk_rebuilds PRIMARY KEY (id),
    CONSTRAINT chk_rebuilds_state CHECK (state IN ('BUILDING', 'COMPARING', 'SWITCHING', 'DONE', 'CANCELLED', 'FAILED')),
    CONSTRAINT chk_rebuilds_cause_of_failure CHECK ((state = 'FAILED') = (cause IS NOT NULL))
);
COMMENT ON COLUMN rebuilds.progress IS 'JSON: shards and compared tables';
CREATE UNIQUE INDEX idx_rebuilds_open ON rebuilds ((true)) WHERE state NOT IN ('DONE', 'CANCELLED', 'FAILED');
CREATE INDEX idx_rebuilds_created_at ON rebuilds (created_at);
--rollback DROP TABLE rebuilds;
