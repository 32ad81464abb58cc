-- Where accounts have logged in from: `place` is a keyed hash of the account's id and the network, whose key is not in the
-- database. `seen_at` is the last login from there, in milliseconds.
CREATE TABLE known_places (
    account TEXT   NOT NULL REFERENCES accounts (id),
    place   BYTEA  NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (account, place)
);
CREATE INDEX known_places_by_time ON known_places (seen_at);
