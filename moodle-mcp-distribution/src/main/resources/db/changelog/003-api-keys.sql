--liquibase formatted sql

--changeset moodle-mcp:003-api-keys
CREATE TABLE api_keys (
    id           uuid        PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    name         text        NOT NULL,
    key_prefix   text        NOT NULL CHECK (length(key_prefix) = 8),
    key_hash     bytea       NOT NULL UNIQUE CHECK (length(key_hash) = 32),
    scopes       text[]      NOT NULL,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

CREATE INDEX api_keys_user_id ON api_keys (user_id);
--rollback DROP TABLE api_keys;
