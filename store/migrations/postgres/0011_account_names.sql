-- What names of accounts look like (`vocabulary::Skeleton`), each the name of one account: no username or display name can
-- be taken for another account's. Accounts that looked alike before keep their names; the older one has the row.
CREATE TABLE account_names (
    skeleton TEXT NOT NULL PRIMARY KEY,
    account  TEXT NOT NULL
);
CREATE INDEX account_names_by_account ON account_names (account);
-- How many of its names were entered: the program does that when it opens the database, first usernames, then display names.
ALTER TABLE accounts ADD COLUMN names_entered BIGINT NOT NULL DEFAULT 0;
