-- Messages are stored by themselves; what derives from them follows in lumps (docs/decisions/0004-derive-in-lumps.md).
DROP VIEW IF EXISTS to_derive_from_messages;

-- Everything that derives from the messages up to this arrival is stored; what came later is derived by the next start.
CREATE TABLE IF NOT EXISTS derived_until (
  id UInt8,
  arrival UInt64
) ENGINE = ReplacingMergeTree(arrival)
ORDER BY id;

INSERT INTO derived_until SELECT 1, max(arrival) FROM messages;

-- Parts are merged with their neighbours, so that each holds the arrivals of one stretch of time: the latest messages are
-- found without reading the others.
ALTER TABLE messages ADD INDEX IF NOT EXISTS arrivals arrival TYPE minmax GRANULARITY 8192;

ALTER TABLE messages MATERIALIZE INDEX arrivals;
