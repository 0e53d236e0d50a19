-- What everything else derives from passes through here and is kept nowhere: one way for what arrives, for histories that
-- move to another number, and for what a start derives again.
CREATE TABLE IF NOT EXISTS to_derive (
  type LowCardinality(String),
  event LowCardinality(String),
  profile UInt32,
  timestamp DateTime64(3, 'UTC'),
  arrival UInt64,
  properties String,
  source LowCardinality(String),
  message_id String
) ENGINE = Null;

DROP VIEW IF EXISTS message_ids_from_messages;

DROP VIEW IF EXISTS trait_changes_from_messages;

DROP VIEW IF EXISTS profile_activity_from_messages;

CREATE MATERIALIZED VIEW IF NOT EXISTS message_ids_derived TO message_ids AS
SELECT reinterpretAsUInt128(substring(SHA256(concat(source, '\0', message_id)), 1, 16)) AS hash FROM to_derive;

CREATE MATERIALIZED VIEW IF NOT EXISTS trait_changes_derived TO trait_changes AS
SELECT kv.1 AS trait, profile, timestamp, arrival, kv.2 AS value
FROM to_derive
ARRAY JOIN JSONExtractKeysAndValuesRaw(properties) AS kv
WHERE type = 'identify';

CREATE MATERIALIZED VIEW IF NOT EXISTS profile_activity_derived TO profile_activity AS
SELECT profile, min(timestamp) AS first_at, max(timestamp) AS last_at FROM to_derive GROUP BY profile;

-- Who did each event in each day and each month of UTC. `period`: a day in days since 1970, or a month as a million and the
-- months since 1970. A row answers for all of its messages at once where none is later than `last_at` allows; several
-- rows of one period are as good as one.
CREATE TABLE IF NOT EXISTS event_periods (
  type LowCardinality(String),
  event LowCardinality(String),
  period Int32,
  last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
  people AggregateFunction(groupBitmap, UInt32)
) ENGINE = AggregatingMergeTree
ORDER BY (type, event, period)
SETTINGS index_granularity = 4;

CREATE MATERIALIZED VIEW IF NOT EXISTS event_periods_derived TO event_periods AS
SELECT type, event,
  arrayJoin([toInt32(toDate32(timestamp)), toInt32(1000000 + 12 * (toYear(timestamp) - 1970) + toMonth(timestamp) - 1)]) AS period,
  max(timestamp) AS last_at, groupBitmapState(profile) AS people
FROM to_derive
WHERE type IN ('track', 'page', 'screen')
GROUP BY type, event, period;

-- Who did each event, moment by moment: for the part of a day at which a window starts or ends. Doubles do no harm, for
-- only sets are made of it.
CREATE TABLE IF NOT EXISTS event_moments (
  type LowCardinality(String),
  event LowCardinality(String),
  timestamp DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  profile UInt32 CODEC(T64, LZ4)
) ENGINE = ReplacingMergeTree
ORDER BY (type, event, timestamp, profile);

CREATE MATERIALIZED VIEW IF NOT EXISTS event_moments_derived TO event_moments AS
SELECT type, event, timestamp, profile FROM to_derive WHERE type IN ('track', 'page', 'screen');

CREATE MATERIALIZED VIEW IF NOT EXISTS to_derive_from_messages TO to_derive AS
SELECT type, event, profile, timestamp, arrival, properties, source, message_id FROM messages;

TRUNCATE TABLE event_periods;

TRUNCATE TABLE event_moments;

INSERT INTO event_periods
SELECT type, event,
  arrayJoin([toInt32(toDate32(timestamp)), toInt32(1000000 + 12 * (toYear(timestamp) - 1970) + toMonth(timestamp) - 1)]) AS period,
  max(timestamp) AS last_at, groupBitmapState(profile) AS people
FROM messages
WHERE type IN ('track', 'page', 'screen')
GROUP BY type, event, period;

INSERT INTO event_moments SELECT type, event, timestamp, profile FROM messages WHERE type IN ('track', 'page', 'screen');

-- Numbers that were joined into others, beside the other sets that every preview asks for.
ALTER TABLE people_sets MODIFY COLUMN name Enum8('user' = 1, 'anonymous' = 2, 'seen' = 3, 'dead' = 4);

CREATE MATERIALIZED VIEW IF NOT EXISTS people_sets_from_profile_merges TO people_sets AS
SELECT CAST('dead', 'Enum8(\'user\' = 1, \'anonymous\' = 2, \'seen\' = 3, \'dead\' = 4)') AS name, groupBitmapState(profile) AS people
FROM profile_merges;

INSERT INTO people_sets SELECT 'dead', groupBitmapState(profile) FROM profile_merges;
