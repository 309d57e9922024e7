--liquibase formatted sql

--changeset moodle-mcp:004-sign-in
CREATE TABLE web_sessions (
    id_hash    bytea       PRIMARY KEY CHECK (length(id_hash) = 32),
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX web_sessions_user_id ON web_sessions (user_id);
CREATE INDEX web_sessions_expires_at ON web_sessions (expires_at);

CREATE TABLE one_time_links (
    token_hash bytea       PRIMARY KEY CHECK (length(token_hash) = 32),
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
);

CREATE INDEX one_time_links_user_id ON one_time_links (user_id);
--rollback DROP TABLE one_time_links; DROP TABLE web_sessions;
