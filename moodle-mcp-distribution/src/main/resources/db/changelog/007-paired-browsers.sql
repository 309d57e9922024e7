--liquibase formatted sql

--changeset moodle-mcp:007-paired-browsers
ALTER TABLE browser_sessions ADD COLUMN grant_id uuid REFERENCES grants ON DELETE SET NULL;
ALTER TABLE browser_sessions ADD COLUMN ended text;
ALTER TABLE users ADD COLUMN default_browser_id text;

DROP INDEX browser_sessions_user_id;
CREATE INDEX browser_sessions_browser ON browser_sessions (user_id, browser_id, connected_at);
CREATE INDEX browser_sessions_grant_id ON browser_sessions (grant_id);
CREATE INDEX grants_revoked_at ON grants (revoked_at) WHERE revoked_at IS NOT NULL;
--rollback DROP INDEX grants_revoked_at; DROP INDEX browser_sessions_browser; CREATE INDEX browser_sessions_user_id ON browser_sessions (user_id); ALTER TABLE users DROP COLUMN default_browser_id; ALTER TABLE browser_sessions DROP COLUMN ended; ALTER TABLE browser_sessions DROP COLUMN grant_id;
