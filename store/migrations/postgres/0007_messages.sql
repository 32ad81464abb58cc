-- The messages of the live log. `seq` is the time in milliseconds times 2^20 and a count, so that order, range of time and key
-- are one. `private` is 0 or 1: whether only an audience may see it. `words` is what is searched, as the index has it.
CREATE TABLE messages (
    seq     BIGINT NOT NULL PRIMARY KEY,
    id      TEXT   NOT NULL UNIQUE,
    kind    BIGINT NOT NULL,
    channel TEXT   NOT NULL,
    private BIGINT NOT NULL,
    words   TEXT   NOT NULL,
    body    TEXT   NOT NULL
);
CREATE INDEX messages_public ON messages (seq) WHERE private = 0;
CREATE INDEX messages_by_kind ON messages (kind, seq) WHERE private = 0;
CREATE INDEX messages_by_channel ON messages (channel, seq, kind) WHERE private = 0;

-- Whom a message is about or from.
CREATE TABLE message_users (
    account TEXT   NOT NULL,
    private BIGINT NOT NULL,
    seq     BIGINT NOT NULL,
    kind    BIGINT NOT NULL,
    channel TEXT   NOT NULL,
    PRIMARY KEY (account, private, seq)
);
CREATE INDEX message_users_by_age ON message_users (seq);

-- Who may see a private message.
CREATE TABLE message_audience (
    account TEXT   NOT NULL,
    seq     BIGINT NOT NULL,
    kind    BIGINT NOT NULL,
    channel TEXT   NOT NULL,
    PRIMARY KEY (account, seq)
);
CREATE INDEX message_audience_by_age ON message_audience (seq);

-- How many messages there are, by spans of a day and of a minute (in milliseconds). `scope` is `*` for all of them and `#` and
-- a channel for those of one.
CREATE TABLE message_tally (
    scope         TEXT   NOT NULL,
    span          BIGINT NOT NULL,
    start         BIGINT NOT NULL,
    kind          BIGINT NOT NULL,
    public_count  BIGINT NOT NULL,
    private_count BIGINT NOT NULL,
    PRIMARY KEY (scope, span, start, kind)
);
CREATE INDEX message_tally_empty ON message_tally (scope) WHERE public_count = 0 AND private_count = 0;

-- The words come normalised; among them are marks that filters look for. What waits to be indexed is read by every search, so
-- only a little may wait.
CREATE TABLE message_index (
    seq     BIGINT   NOT NULL PRIMARY KEY,
    lexemes TSVECTOR NOT NULL
);
CREATE INDEX message_index_lexemes ON message_index USING GIN (lexemes) WITH (gin_pending_list_limit = 256);
