--liquibase formatted sql

--changeset moodle-mcp:008-write-records
CREATE TABLE write_records (
    command_id     text        PRIMARY KEY,
    user_id        uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    tool           text        NOT NULL,
    key_hash       text        NOT NULL,
    arguments_hash text        NOT NULL,
    browser_id     text        NOT NULL,
    state          text        NOT NULL,
    begun_at       timestamptz NOT NULL,
    UNIQUE (user_id, tool, key_hash)
);

CREATE INDEX write_records_browser ON write_records (user_id, browser_id);
--rollback DROP TABLE write_records;
