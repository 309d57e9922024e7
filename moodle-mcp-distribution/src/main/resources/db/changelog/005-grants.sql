--liquibase formatted sql

--changeset moodle-mcp:005-grants
CREATE TABLE grants (
    id          uuid        PRIMARY KEY,
    user_id     uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    client_id   text        NOT NULL,
    resource    text        NOT NULL,
    scope       text        NOT NULL,
    label       text        NOT NULL,
    created_at  timestamptz NOT NULL,
    redeemed_at timestamptz,
    revoked_at  timestamptz
);

CREATE INDEX grants_user_id ON grants (user_id);

CREATE TABLE authorization_codes (
    code_hash      bytea       PRIMARY KEY CHECK (length(code_hash) = 32),
    grant_id       uuid        NOT NULL REFERENCES grants ON DELETE CASCADE,
    redirect_uri   text        NOT NULL,
    code_challenge text        NOT NULL,
    expires_at     timestamptz NOT NULL
);

CREATE INDEX authorization_codes_grant_id ON authorization_codes (grant_id);

CREATE TABLE refresh_tokens (
    token_hash bytea       PRIMARY KEY CHECK (length(token_hash) = 32),
    grant_id   uuid        NOT NULL REFERENCES grants ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    rotated_at timestamptz
);

CREATE INDEX refresh_tokens_grant_id ON refresh_tokens (grant_id);
--rollback DROP TABLE refresh_tokens; DROP TABLE authorization_codes; DROP TABLE grants;
