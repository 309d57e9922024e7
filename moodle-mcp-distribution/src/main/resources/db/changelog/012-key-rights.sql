--liquibase formatted sql

--changeset moodle-mcp:012-key-rights
ALTER TABLE api_keys ADD COLUMN toolsets text[] NOT NULL DEFAULT '{student}';
ALTER TABLE api_keys ADD COLUMN read_only boolean NOT NULL DEFAULT false;
--rollback ALTER TABLE api_keys DROP COLUMN read_only; ALTER TABLE api_keys DROP COLUMN toolsets;
