-- Whether the properties, which ingest writes without white space, hold no object, no list and no escape: then the first
-- place of a key in quotes is where its value begins, so that it need not be looked for by a parser.
ALTER TABLE messages ADD COLUMN IF NOT EXISTS is_flat UInt8 MATERIALIZED NOT multiSearchAny(substring(properties, 2), ['{', '[', '\\']);

ALTER TABLE messages MATERIALIZE COLUMN is_flat;
