-- What a game counts for. `stood_in` and `full_length` are 0 or 1: whether a bot finished the game for the account, and
-- whether it was played by rules that are long enough to be rated; all games of before were taken for such. `weight` is the
-- part of a whole game that it counts for the account, in millionths, and `discount` the reason if that is not all of it;
-- both are NULL until the game is rated, and for all games that were rated before.
ALTER TABLE account_games ADD COLUMN stood_in BIGINT NOT NULL DEFAULT 0;
UPDATE account_games SET stood_in = forfeited WHERE rated = 0;
ALTER TABLE account_games ADD COLUMN full_length BIGINT NOT NULL DEFAULT 1;
ALTER TABLE account_games ADD COLUMN weight BIGINT;
ALTER TABLE account_games ADD COLUMN discount BIGINT;
-- The recent games that counted decide what the next one counts.
CREATE INDEX account_games_counted ON account_games (account, ended_at, room_id) WHERE weight > 0;
