-- "LTUI": by this number a file is known as ours.
PRAGMA application_id = 1280595273;

-- A room's state is open, finished (its game is in `games`) or quarantined (with the reason). A room that closes
-- without a finished game has no row.
CREATE TABLE rooms (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    room       TEXT    NOT NULL UNIQUE,
    state      TEXT    NOT NULL,
    founding   BLOB,
    founded_at BIGINT  NOT NULL,
    reason     TEXT
);
CREATE INDEX open_rooms ON rooms (id) WHERE state = 'open';
CREATE INDEX quarantined_rooms ON rooms (id) WHERE state = 'quarantined';

-- Only rooms that are open or quarantined have entries. Rows are appended; a table clustered by room is three times slower.
CREATE TABLE journal (
    id      INTEGER PRIMARY KEY,
    room_id BIGINT NOT NULL,
    number  BIGINT NOT NULL,
    body    BLOB   NOT NULL,
    UNIQUE (room_id, number)
);

CREATE TABLE games (
    room_id  BIGINT NOT NULL PRIMARY KEY,
    ended_at BIGINT NOT NULL,
    result   TEXT   NOT NULL,
    record   BLOB   NOT NULL
);
CREATE INDEX games_by_end ON games (ended_at, room_id);
