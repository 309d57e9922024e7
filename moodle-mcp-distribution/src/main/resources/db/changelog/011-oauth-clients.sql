--liquibase formatted sql

--changeset moodle-mcp:011-oauth-clients
CREATE TABLE oauth_clients (
    id            text        PRIMARY KEY,
    name          text        NOT NULL,
    redirect_uris text[]      NOT NULL CHECK (cardinality(redirect_uris) > 0),
    registered_at timestamptz NOT NULL
);

CREATE INDEX oauth_clients_registered_at ON oauth_clients (registered_at);

CREATE INDEX grants_client_id ON grants (client_id);
--rollback DROP INDEX grants_client_id; DROP TABLE oauth_clients;
