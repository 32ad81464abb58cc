-- Who played a finished game: 0 = bots alone, 1 = guests, 2 = accounts. When there are too many games, they go in this order.
-- Games of earlier versions count as played by accounts.
ALTER TABLE games ADD COLUMN kind BIGINT NOT NULL DEFAULT 2;
CREATE INDEX games_by_kind ON games (kind, ended_at, room_id);

-- How many finished games there are of each kind, and how many bytes their results and records have; written with every change.
CREATE TABLE game_tally (
    kind  BIGINT NOT NULL PRIMARY KEY,
    games BIGINT NOT NULL,
    bytes BIGINT NOT NULL
);
INSERT INTO game_tally (kind, games, bytes)
    SELECT 2, count(*), coalesce(sum(octet_length(result) + octet_length(record)), 0) FROM games;

-- With `messages_by_kind`, the messages of each kind by age, those that only some may see too.
CREATE INDEX messages_private_by_kind ON messages (kind, seq) WHERE private = 1;
