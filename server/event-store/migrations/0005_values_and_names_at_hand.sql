-- Who has had each value of a trait. A row answers for all of its people at once where none of its changes is later than
-- `last_at` allows; several rows of one value are as good as one.
CREATE TABLE IF NOT EXISTS trait_values (
  trait LowCardinality(String),
  value String CODEC(ZSTD(1)),
  last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
  people AggregateFunction(groupBitmap, UInt32)
) ENGINE = AggregatingMergeTree
ORDER BY (trait, value)
SETTINGS index_granularity = 256;

CREATE MATERIALIZED VIEW IF NOT EXISTS trait_values_from_trait_changes TO trait_values AS
SELECT trait, value, max(timestamp) AS last_at, groupBitmapState(profile) AS people FROM trait_changes GROUP BY trait, value;

TRUNCATE TABLE trait_values;

INSERT INTO trait_values
SELECT trait, value, max(timestamp) AS last_at, groupBitmapState(profile) AS people FROM trait_changes GROUP BY trait, value;

-- The rows of identities person by person, so that the names of ten people on a page are read from ten places.
CREATE TABLE IF NOT EXISTS profile_identities (
  profile UInt32,
  kind Enum8('user' = 1, 'anonymous' = 2),
  id String CODEC(ZSTD(1)),
  version UInt64
) ENGINE = ReplacingMergeTree
ORDER BY (profile, kind, id, version)
SETTINGS index_granularity = 256, min_compress_block_size = 8192;

CREATE MATERIALIZED VIEW IF NOT EXISTS profile_identities_from_identities TO profile_identities AS
SELECT profile, kind, id, version FROM identities;

INSERT INTO profile_identities SELECT profile, kind, id, version FROM identities;
