-- Every message once, under the number of the person whom it belongs to. The source of truth: all tables below derive from it.
-- Sorted so that a condition on one event of one type reads only that event's rows, person by person, in Order.
-- T64 keeps random moments of few bits in half the room and reads them four times as fast as Delta and ZSTD do.
CREATE TABLE IF NOT EXISTS messages (
  type LowCardinality(String),
  event LowCardinality(String),
  profile UInt32 CODEC(Delta, LZ4),
  timestamp DateTime64(3, 'UTC') CODEC(T64, LZ4),
  arrival UInt64 CODEC(T64, LZ4),
  properties String CODEC(ZSTD(1)),
  context String CODEC(ZSTD(3)),
  message_id String CODEC(ZSTD(1)),
  user_id String CODEC(ZSTD(1)),
  anonymous_id String CODEC(ZSTD(1)),
  source LowCardinality(String),
  original_timestamp DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  sent_at Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
  received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  extra String CODEC(ZSTD(3))
) ENGINE = MergeTree
PARTITION BY toYYYYMM(timestamp)
ORDER BY (type, event, profile, timestamp, arrival);

-- Which messages have arrived, for dedupe within a source, for good.
CREATE TABLE IF NOT EXISTS message_ids (
  hash UInt128
) ENGINE = ReplacingMergeTree
ORDER BY hash
SETTINGS index_granularity = 1024;

CREATE MATERIALIZED VIEW IF NOT EXISTS message_ids_from_messages TO message_ids AS
SELECT reinterpretAsUInt128(substring(SHA256(concat(source, '\0', message_id)), 1, 16)) AS hash FROM messages;

-- Each value that an identify has set, as raw JSON; a person's trait at a moment is the last one by (timestamp, arrival).
CREATE TABLE IF NOT EXISTS trait_changes (
  trait LowCardinality(String),
  profile UInt32 CODEC(Delta, LZ4),
  timestamp DateTime64(3, 'UTC') CODEC(T64, LZ4),
  arrival UInt64 CODEC(T64, LZ4),
  value String CODEC(LZ4)
) ENGINE = ReplacingMergeTree
ORDER BY (trait, profile, timestamp, arrival);

CREATE MATERIALIZED VIEW IF NOT EXISTS trait_changes_from_messages TO trait_changes AS
SELECT kv.1 AS trait, profile, timestamp, arrival, kv.2 AS value
FROM messages
ARRAY JOIN JSONExtractKeysAndValuesRaw(properties) AS kv
WHERE type = 'identify';

-- First and last message of each person: a person is a candidate at `now` once first_at ≤ now.
CREATE TABLE IF NOT EXISTS profile_activity (
  profile UInt32,
  first_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
  last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
) ENGINE = AggregatingMergeTree
ORDER BY profile;

CREATE MATERIALIZED VIEW IF NOT EXISTS profile_activity_from_messages TO profile_activity AS
SELECT profile, min(timestamp) AS first_at, max(timestamp) AS last_at FROM messages GROUP BY profile;

-- Which person an identifier belongs to; the row with the highest version holds. `known`: the person has a userId.
CREATE TABLE IF NOT EXISTS identities (
  kind Enum8('user' = 1, 'anonymous' = 2),
  id String,
  profile UInt32,
  known UInt8,
  version UInt64
) ENGINE = ReplacingMergeTree(version)
ORDER BY (kind, id);

-- Append-only log of joins. A number in `profile` is dead: its history was moved to `into`, and no set may contain it.
CREATE TABLE IF NOT EXISTS profile_merges (
  profile UInt32,
  into UInt32,
  arrival UInt64,
  merged_at DateTime64(3, 'UTC')
) ENGINE = MergeTree
ORDER BY profile;

-- Messages that were refused, with the reason, so that nothing is dropped silently.
CREATE TABLE IF NOT EXISTS rejections (
  source LowCardinality(String),
  import_id String,
  line UInt64,
  received_at DateTime64(3, 'UTC'),
  code LowCardinality(String),
  message String,
  raw String CODEC(ZSTD(3))
) ENGINE = MergeTree
ORDER BY (import_id, received_at, line);
