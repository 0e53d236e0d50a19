-- The rows of trait_changes person by person, so that the traits of ten people on a page are read from ten places.
CREATE TABLE IF NOT EXISTS profile_traits (
  trait LowCardinality(String),
  profile UInt32,
  timestamp DateTime64(3, 'UTC') CODEC(T64, LZ4),
  arrival UInt64 CODEC(T64, LZ4),
  value String CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree
ORDER BY (profile, trait, timestamp, arrival)
SETTINGS index_granularity = 256, min_compress_block_size = 8192;

CREATE MATERIALIZED VIEW IF NOT EXISTS profile_traits_from_trait_changes TO profile_traits AS
SELECT trait, profile, timestamp, arrival, value FROM trait_changes;

INSERT INTO profile_traits SELECT trait, profile, timestamp, arrival, value FROM trait_changes;

-- Sets of people that every preview asks for: who has, or had before a join, an identifier of a kind, and who has a message.
CREATE TABLE IF NOT EXISTS people_sets (
  name Enum8('user' = 1, 'anonymous' = 2, 'seen' = 3),
  people AggregateFunction(groupBitmap, UInt32)
) ENGINE = AggregatingMergeTree
ORDER BY name
SETTINGS index_granularity = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS people_sets_from_identities TO people_sets AS
SELECT CAST(kind, 'Enum8(\'user\' = 1, \'anonymous\' = 2, \'seen\' = 3)') AS name, groupBitmapState(profile) AS people
FROM identities GROUP BY name;

CREATE MATERIALIZED VIEW IF NOT EXISTS people_sets_from_profile_activity TO people_sets AS
SELECT CAST('seen', 'Enum8(\'user\' = 1, \'anonymous\' = 2, \'seen\' = 3)') AS name, groupBitmapState(profile) AS people
FROM profile_activity;

INSERT INTO people_sets SELECT kind, groupBitmapState(profile) FROM identities GROUP BY kind;

INSERT INTO people_sets SELECT 'seen', groupBitmapState(profile) FROM profile_activity;
