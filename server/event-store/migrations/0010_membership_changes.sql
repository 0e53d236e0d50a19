-- Who entered and left each saved audience, in the order of `cursor`, which is the workspace's own count. Rows are only ever added, and
-- the last row of a person says whether they are in: the one place where memberships are kept. `at` is when it became true by the
-- definition, `recorded_at` when it was found. `as_of` and `arrival` say up to which moment and which message the log was complete
-- with the row. `identifiers` is filled in where somebody is deleted, so that whoever was told of them can be told that they
-- are gone, and is forgotten after a month.
CREATE TABLE IF NOT EXISTS membership_changes (
  audience_id LowCardinality(String),
  cursor UInt64,
  profile UInt32,
  entered UInt8,
  at DateTime64(3, 'UTC'),
  recorded_at DateTime64(3, 'UTC'),
  cause Enum8('message' = 1, 'moment' = 2, 'definition' = 3, 'identity' = 4, 'deletion' = 5, 'catch-up' = 6),
  message_id String CODEC(ZSTD(1)),
  as_of DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  arrival UInt64 CODEC(Delta, ZSTD(1)),
  identifiers String CODEC(ZSTD(1)) TTL toDateTime(recorded_at) + INTERVAL 30 DAY
) ENGINE = MergeTree
ORDER BY (audience_id, cursor);

-- By which meaning (its definition, those that it refers to, and the zone) an audience's log was begun. The row without an audience
-- says up to which moment and which message all logs are complete.
CREATE TABLE IF NOT EXISTS membership_progress (
  audience_id String,
  meaning String,
  as_of DateTime64(3, 'UTC'),
  arrival UInt64,
  version UInt64
) ENGINE = ReplacingMergeTree(version)
ORDER BY audience_id;
