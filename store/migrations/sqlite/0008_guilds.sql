-- Guilds: clubs of accounts. `name_key` is the name in lower case: two guilds do not differ by case alone, but a dissolved one
-- leaves its name. `dissolved` and `over` are 0 or 1. Times are milliseconds.
CREATE TABLE guilds (
    id         TEXT   NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL,
    name_key   TEXT   NOT NULL,
    leader     TEXT   NOT NULL,
    points     BIGINT NOT NULL,
    treasury   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    dissolved  BIGINT NOT NULL
);
CREATE UNIQUE INDEX guilds_by_name ON guilds (name_key) WHERE dissolved = 0;
CREATE INDEX guilds_by_points ON guilds (points DESC, id) WHERE dissolved = 0;

-- An account is in one guild at most. `points` are its own, which it earned there and did not deposit.
CREATE TABLE guild_members (
    account   TEXT   NOT NULL PRIMARY KEY,
    guild     TEXT   NOT NULL,
    points    BIGINT NOT NULL,
    joined_at BIGINT NOT NULL
);
CREATE INDEX guild_members_by_guild ON guild_members (guild, joined_at, account);

-- An empty `territory` is none.
CREATE TABLE guild_wars (
    id            TEXT   NOT NULL PRIMARY KEY,
    attacker      TEXT   NOT NULL,
    defender      TEXT   NOT NULL,
    territory     TEXT   NOT NULL,
    attacker_wins BIGINT NOT NULL,
    defender_wins BIGINT NOT NULL,
    started_at    BIGINT NOT NULL,
    ends_at       BIGINT NOT NULL,
    over          BIGINT NOT NULL
);
CREATE UNIQUE INDEX guild_wars_by_attacker ON guild_wars (attacker) WHERE over = 0;
CREATE UNIQUE INDEX guild_wars_by_defender ON guild_wars (defender) WHERE over = 0;
CREATE INDEX guild_wars_by_end ON guild_wars (ends_at) WHERE over = 0;

-- What happened in guilds and was not told yet; `data` is JSON text.
CREATE TABLE guild_news (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    at          BIGINT NOT NULL,
    guild       TEXT   NOT NULL,
    guild_name  TEXT   NOT NULL,
    guild_level BIGINT NOT NULL,
    event       TEXT   NOT NULL,
    data        TEXT   NOT NULL
);
