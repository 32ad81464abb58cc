-- The messages of the live log. `seq` is the time in milliseconds times 2^20 and a count, so that order, range of time and key
-- are one. `private` is 0 or 1: whether only an audience may see it. `words` is what is searched, as the index has it.
CREATE TABLE messages (
    seq     INTEGER NOT NULL PRIMARY KEY,
    id      TEXT    NOT NULL UNIQUE,
    kind    BIGINT  NOT NULL,
    channel TEXT    NOT NULL,
    private BIGINT  NOT NULL,
    words   TEXT    NOT NULL,
    body    TEXT    NOT NULL
);
CREATE INDEX messages_public ON messages (private) WHERE private = 0;
CREATE INDEX messages_by_kind ON messages (kind) WHERE private = 0;
CREATE INDEX messages_by_channel ON messages (channel, seq, kind) WHERE private = 0;

-- Whom a message is about or from.
CREATE TABLE message_users (
    account TEXT   NOT NULL,
    private BIGINT NOT NULL,
    seq     BIGINT NOT NULL,
    kind    BIGINT NOT NULL,
    channel TEXT   NOT NULL,
    PRIMARY KEY (account, private, seq)
) WITHOUT ROWID;
CREATE INDEX message_users_by_age ON message_users (seq);

-- Who may see a private message.
CREATE TABLE message_audience (
    account TEXT   NOT NULL,
    seq     BIGINT NOT NULL,
    kind    BIGINT NOT NULL,
    channel TEXT   NOT NULL,
    PRIMARY KEY (account, seq)
) WITHOUT ROWID;
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
) WITHOUT ROWID;
CREATE INDEX message_tally_empty ON message_tally (scope) WHERE public_count = 0 AND private_count = 0;

-- The words come normalised and parted by spaces; between them stand marks that filters look for. Beginnings of two and of
-- three letters are indexed as such.
CREATE VIRTUAL TABLE message_index USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = "ascii tokenchars '-_:.'", prefix = '2 3'
);
