--liquibase formatted sql

--changeset moodle-mcp:006-browser-sessions
CREATE TABLE browser_sessions (
    id                uuid        PRIMARY KEY,
    user_id           uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    browser_id        text        NOT NULL,
    name              text        NOT NULL,
    extension_version text        NOT NULL,
    user_agent        text,
    moodle_url        text,
    connected_at      timestamptz NOT NULL,
    last_ping_at      timestamptz NOT NULL,
    disconnected_at   timestamptz
);

CREATE INDEX browser_sessions_user_id ON browser_sessions (user_id);
--rollback DROP TABLE browser_sessions;
