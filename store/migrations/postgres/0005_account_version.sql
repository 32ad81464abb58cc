-- It counts up with every new password and every block: an access token is good only for the version that it was made for.
ALTER TABLE accounts ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
