--liquibase formatted sql

--changeset moodle-mcp:013-client-proofs
ALTER TABLE oauth_clients ADD COLUMN jwks text;
ALTER TABLE oauth_clients ADD COLUMN jwks_uri text CHECK (jwks IS NULL OR jwks_uri IS NULL);
--rollback ALTER TABLE oauth_clients DROP COLUMN jwks_uri; ALTER TABLE oauth_clients DROP COLUMN jwks;
