--liquibase formatted sql

--changeset moodle-mcp:002-accounts
CREATE TABLE users (
    id          uuid        PRIMARY KEY,
    email       text        NOT NULL,
    email_key   text        NOT NULL UNIQUE,
    name        text        NOT NULL,
    picture_url text,
    created_at  timestamptz NOT NULL
);

CREATE TABLE identities (
    issuer     text        NOT NULL,
    subject    text        NOT NULL,
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);

CREATE INDEX identities_user_id ON identities (user_id);
--rollback DROP TABLE identities; DROP TABLE users;
