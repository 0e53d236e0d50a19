-- Messages that were refused, held back by the tracking plan, or had come before, with the reason: nothing is dropped silently, and what
-- was mended can be replayed. A replay writes the row again with what became of it. Old ones are removed (docs/ingest.md).
CREATE TABLE IF NOT EXISTS kept_messages (
  id String,
  verdict LowCardinality(String),
  source LowCardinality(String),
  import_id String,
  line UInt64,
  received_at DateTime64(3, 'UTC'),
  code LowCardinality(String),
  message String,
  type LowCardinality(String),
  event LowCardinality(String),
  user_id String,
  anonymous_id String,
  message_id String,
  raw String CODEC(ZSTD(3)),
  whole UInt8,
  around String CODEC(ZSTD(3)),
  violations String CODEC(ZSTD(3)),
  replayed_at Nullable(DateTime64(3, 'UTC')),
  outcome LowCardinality(String) DEFAULT '',
  outcome_message String DEFAULT '',
  version UInt32 DEFAULT 0,
  INDEX imports import_id TYPE bloom_filter GRANULARITY 1
) ENGINE = ReplacingMergeTree(version)
PARTITION BY toDate(received_at)
ORDER BY (received_at, id);

-- Again here for a start that was cut off after the last statement.
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

INSERT INTO kept_messages (id, verdict, source, import_id, line, received_at, code, message, type, event, user_id, anonymous_id, message_id, raw, whole, around, violations)
SELECT lower(hex(sipHash128(source, import_id, line, received_at, code, message, raw, rowNumberInAllBlocks()))), 'refused', source, import_id, line,
  received_at, code, message, '', '', '', '', '', raw, 0, '{}', '[]'
FROM rejections;

DROP TABLE rejections;

-- What came in, by minute and source: `outcome` is what became of it, `code` the reason where there is one.
CREATE TABLE IF NOT EXISTS ingest_minutes (
  minute DateTime('UTC'),
  source LowCardinality(String),
  outcome LowCardinality(String),
  code LowCardinality(String),
  messages UInt64
) ENGINE = SummingMergeTree(messages)
PARTITION BY toYYYYMM(minute)
ORDER BY (minute, source, outcome, code);

-- What went against the tracking plan, by hour: `examples` are a few of the messages, as JSON.
CREATE TABLE IF NOT EXISTS plan_violations (
  hour DateTime('UTC'),
  source LowCardinality(String),
  type LowCardinality(String),
  event String,
  property String,
  kind LowCardinality(String),
  enforced LowCardinality(String),
  messages SimpleAggregateFunction(sum, UInt64),
  first_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
  last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
  examples SimpleAggregateFunction(anyLast, Array(String))
) ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(hour)
ORDER BY (hour, source, type, event, property, kind, enforced);
