-- Group calls pass through here and are kept nowhere: what is known of accounts derives from them.
CREATE TABLE IF NOT EXISTS group_calls (
  account String,
  profile UInt32,
  timestamp DateTime64(3, 'UTC'),
  arrival UInt64,
  properties String
) ENGINE = Null;

-- Who belongs to each account, and since when: their first group call that names it. Several rows of two are as good as one,
-- and the earliest counts.
CREATE TABLE IF NOT EXISTS account_people (
  account String CODEC(ZSTD(1)),
  profile UInt32,
  timestamp SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
) ENGINE = AggregatingMergeTree
ORDER BY (account, profile);

CREATE MATERIALIZED VIEW IF NOT EXISTS account_people_from_group_calls TO account_people AS
SELECT account, profile, min(timestamp) AS timestamp FROM group_calls GROUP BY account, profile;

-- The same person by person.
CREATE TABLE IF NOT EXISTS profile_accounts (
  profile UInt32,
  account String CODEC(ZSTD(1)),
  timestamp SimpleAggregateFunction(min, DateTime64(3, 'UTC'))
) ENGINE = AggregatingMergeTree
ORDER BY (profile, account)
SETTINGS index_granularity = 1024;

CREATE MATERIALIZED VIEW IF NOT EXISTS profile_accounts_from_group_calls TO profile_accounts AS
SELECT profile, account, min(timestamp) AS timestamp FROM group_calls GROUP BY profile, account;

-- Each value that a group call has set, as raw JSON; an account's trait at a moment is the last one by (timestamp, arrival). Rows of
-- dead numbers say what those of the living say as well.
CREATE TABLE IF NOT EXISTS account_traits (
  trait LowCardinality(String),
  account String CODEC(ZSTD(1)),
  timestamp DateTime64(3, 'UTC') CODEC(T64, LZ4),
  arrival UInt64 CODEC(T64, LZ4),
  profile UInt32 CODEC(T64, LZ4),
  value String CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree
ORDER BY (trait, account, timestamp, arrival, profile);

CREATE MATERIALIZED VIEW IF NOT EXISTS account_traits_from_group_calls TO account_traits AS
SELECT kv.1 AS trait, account, timestamp, arrival, profile, kv.2 AS value
FROM group_calls
ARRAY JOIN JSONExtractKeysAndValuesRaw(properties) AS kv;

INSERT INTO group_calls
SELECT if(JSONType(extra, 'groupId') = 'String', JSONExtractString(extra, 'groupId'), JSONExtractRaw(extra, 'groupId')) AS account,
  profile, timestamp, arrival, properties
FROM messages WHERE type = 'group' AND account != '';
