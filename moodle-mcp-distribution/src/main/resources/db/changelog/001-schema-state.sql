--liquibase formatted sql

--changeset moodle-mcp:001-schema-state
CREATE TABLE schema_state (
    only_row    boolean PRIMARY KEY CHECK (only_row),
    fingerprint bytea   NOT NULL
);
--rollback DROP TABLE schema_state;
