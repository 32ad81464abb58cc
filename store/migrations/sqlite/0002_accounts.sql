-- `username_key` is the username in lower case: two accounts do not differ by case alone. An empty `avatar_url` is none.
-- `blocked`, `used` and `revoked` are 0 or 1. Times are milliseconds.
CREATE TABLE accounts (
    id            TEXT   NOT NULL PRIMARY KEY,
    username      TEXT   NOT NULL,
    username_key  TEXT   NOT NULL UNIQUE,
    display_name  TEXT   NOT NULL,
    avatar_url    TEXT   NOT NULL,
    password_hash TEXT   NOT NULL,
    role          TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    blocked       BIGINT NOT NULL
);

-- A token is kept as its SHA-256. All tokens that came out of one login are a family.
CREATE TABLE refresh_tokens (
    hash       BLOB   NOT NULL PRIMARY KEY,
    account    TEXT   NOT NULL REFERENCES accounts (id),
    family     TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    used       BIGINT NOT NULL,
    revoked    BIGINT NOT NULL
);
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family);
CREATE INDEX refresh_tokens_by_account ON refresh_tokens (account);
CREATE INDEX refresh_tokens_by_end ON refresh_tokens (expires_at);
