-- What was sent to the tools, a row for each person and attempt: `result` is delivered, retry, gave_up or skipped. `batch` leads to the
-- requests that they went in.
CREATE TABLE IF NOT EXISTS deliveries (
  sync LowCardinality(String),
  destination LowCardinality(String),
  profile UInt32,
  key String CODEC(ZSTD(1)),
  batch String CODEC(ZSTD(1)),
  change LowCardinality(String),
  changed_at DateTime64(3, 'UTC'),
  at DateTime64(3, 'UTC'),
  attempt UInt32,
  result LowCardinality(String),
  reason String CODEC(ZSTD(1)),
  retry_at Nullable(DateTime64(3, 'UTC')),
  identifier_kind LowCardinality(String),
  identifier String CODEC(ZSTD(1)),
  fields String CODEC(ZSTD(3)),
  INDEX by_profile profile TYPE bloom_filter GRANULARITY 1
) ENGINE = MergeTree
ORDER BY (sync, at, key)
TTL toDateTime(at) + INTERVAL 90 DAY;

-- The requests themselves, without their secrets, and what was answered. `fault` is empty where the whole of it was taken.
CREATE TABLE IF NOT EXISTS delivery_requests (
  sync LowCardinality(String),
  batch String,
  at DateTime64(3, 'UTC'),
  attempt UInt32,
  people UInt32,
  method LowCardinality(String),
  url String CODEC(ZSTD(1)),
  request String CODEC(ZSTD(3)),
  status UInt16,
  answer String CODEC(ZSTD(3)),
  milliseconds UInt32,
  INDEX by_batch batch TYPE bloom_filter GRANULARITY 1
) ENGINE = MergeTree
ORDER BY (sync, at)
TTL toDateTime(at) + INTERVAL 90 DAY;

-- Whom each sync has told its tool of, and by which identifier, so that the same one is taken back on leaving. `state`: in, out,
-- missed (should be in, and was given up), stuck (should be out, and was given up).
CREATE TABLE IF NOT EXISTS sync_people (
  sync LowCardinality(String),
  profile UInt32,
  state LowCardinality(String),
  identifier_kind LowCardinality(String),
  identifier String,
  key String,
  changed_at DateTime64(3, 'UTC'),
  at DateTime64(3, 'UTC'),
  version UInt64
) ENGINE = ReplacingMergeTree(version)
ORDER BY (sync, profile);
