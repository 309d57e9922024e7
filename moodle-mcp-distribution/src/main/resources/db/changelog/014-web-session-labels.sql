--liquibase formatted sql

--changeset moodle-mcp:014-web-session-labels
ALTER TABLE web_sessions ADD COLUMN label text NOT NULL DEFAULT 'A browser';
ALTER TABLE web_sessions ADD COLUMN last_seen_at timestamptz;
--rollback ALTER TABLE web_sessions DROP COLUMN last_seen_at; ALTER TABLE web_sessions DROP COLUMN label;
