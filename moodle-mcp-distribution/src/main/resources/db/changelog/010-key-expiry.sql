--liquibase formatted sql

--changeset moodle-mcp:010-key-expiry
ALTER TABLE api_keys ADD COLUMN expires_at timestamptz;
ALTER TABLE api_keys ADD COLUMN last_client text;
--rollback ALTER TABLE api_keys DROP COLUMN last_client; ALTER TABLE api_keys DROP COLUMN expires_at;
