-- Accounts and networks that operators have banned. `target` is `account:` and an account's id, or `network:` and a network
-- with its length. Times are milliseconds; an `ends_at` of 0 means that the ban lasts until it is lifted.
CREATE TABLE bans (
    target     TEXT   NOT NULL PRIMARY KEY,
    id         TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    banned_by  TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL
);
