-- Who of a finished game had an account, and how it ended for them. `place` begins at 1 and ties share it. `won`, `forfeited`
-- and `rated` are 0 or 1; what is rated is part of its account's standing.
CREATE TABLE account_games (
    room_id            BIGINT NOT NULL,
    account            TEXT   NOT NULL,
    seat               BIGINT NOT NULL,
    ended_at           BIGINT NOT NULL,
    place              BIGINT NOT NULL,
    won                BIGINT NOT NULL,
    forfeited          BIGINT NOT NULL,
    score              BIGINT NOT NULL,
    rounds             BIGINT NOT NULL,
    exact_declarations BIGINT NOT NULL,
    rated              BIGINT NOT NULL,
    PRIMARY KEY (room_id, account)
);
CREATE INDEX account_games_by_account ON account_games (account, ended_at, room_id);
CREATE INDEX account_games_unrated ON account_games (ended_at, room_id) WHERE rated = 0;

-- What the rated games of an account came to. `rating`, `deviation` and `conservative` are billionths of the rating
-- system's units; three deviations below its rating an account is almost surely better than that.
CREATE TABLE standings (
    account            TEXT   NOT NULL PRIMARY KEY,
    games_played       BIGINT NOT NULL,
    games_won          BIGINT NOT NULL,
    rounds_played      BIGINT NOT NULL,
    exact_declarations BIGINT NOT NULL,
    total_score        BIGINT NOT NULL,
    best_score         BIGINT NOT NULL,
    rating             BIGINT NOT NULL,
    deviation          BIGINT NOT NULL,
    conservative       BIGINT NOT NULL GENERATED ALWAYS AS (rating - 3 * deviation) STORED
);
CREATE INDEX standings_by_place ON standings (conservative DESC, games_won DESC, account);

-- The leaderboard leaves these out; they are few.
CREATE INDEX blocked_accounts ON accounts (id) WHERE blocked = 1;
