-- A room's state is open, finished (its game is in `games`) or quarantined (with the reason). A room that closes
-- without a finished game has no row.
CREATE TABLE rooms (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room       TEXT   NOT NULL UNIQUE,
    state      TEXT   NOT NULL,
    founding   BYTEA,
    founded_at BIGINT NOT NULL,
    reason     TEXT
);
CREATE INDEX open_rooms ON rooms (id) WHERE state = 'open';
CREATE INDEX quarantined_rooms ON rooms (id) WHERE state = 'quarantined';

-- Only rooms that are open or quarantined have entries.
CREATE TABLE journal (
    room_id BIGINT NOT NULL,
    number  BIGINT NOT NULL,
    body    BYTEA  NOT NULL,
    PRIMARY KEY (room_id, number)
);

CREATE TABLE games (
    room_id  BIGINT NOT NULL PRIMARY KEY,
    ended_at BIGINT NOT NULL,
    result   TEXT   NOT NULL,
    record   BYTEA  NOT NULL
);
CREATE INDEX games_by_end ON games (ended_at, room_id);
