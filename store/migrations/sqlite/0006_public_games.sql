-- Whether a finished game is listed for everybody; 0 or 1. Games of before are not listed.
ALTER TABLE games ADD COLUMN public BIGINT NOT NULL DEFAULT 0;
CREATE INDEX public_games_by_end ON games (ended_at, room_id) WHERE public = 1;
