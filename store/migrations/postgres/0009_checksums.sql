-- The CRC32C over each blob that is decoded later, together with what names it. NULL in rows of earlier versions.
ALTER TABLE journal ADD COLUMN crc BIGINT;
ALTER TABLE rooms ADD COLUMN crc BIGINT;
ALTER TABLE games ADD COLUMN crc BIGINT;
ALTER TABLE messages ADD COLUMN crc BIGINT;
