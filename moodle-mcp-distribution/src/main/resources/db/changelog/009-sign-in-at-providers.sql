--liquibase formatted sql

--changeset moodle-mcp:009-sign-in-at-providers
ALTER TABLE identities ADD COLUMN email text;
UPDATE identities SET email = users.email FROM users WHERE users.id = identities.user_id;
ALTER TABLE identities ALTER COLUMN email SET NOT NULL;

CREATE TABLE spent_sign_ins (
    state_hash bytea       PRIMARY KEY CHECK (length(state_hash) = 32),
    expires_at timestamptz NOT NULL
);

CREATE INDEX spent_sign_ins_expires_at ON spent_sign_ins (expires_at);
--rollback DROP TABLE spent_sign_ins; ALTER TABLE identities DROP COLUMN email;
