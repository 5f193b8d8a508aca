--liquibase formatted sql

--changeset offsets:001
CREATE TABLE offsets (
    id uuid PRIMARY KEY,
    log_offset bigint NOT NULL,
    shard integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
--rollback DROP TABLE offsets;
