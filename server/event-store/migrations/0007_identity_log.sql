-- Further identifiers by the workspace's rules, such as an email, beside userIds and anonymousIds.
ALTER TABLE identities MODIFY COLUMN kind Enum8('user' = 1, 'anonymous' = 2, 'other' = 3);

ALTER TABLE profile_identities MODIFY COLUMN kind Enum8('user' = 1, 'anonymous' = 2, 'other' = 3);

-- The userId that a person is shown with is the one of the lowest rank: the first, unless an alias or a join by hand chose.
ALTER TABLE identities ADD COLUMN IF NOT EXISTS rank Int64 DEFAULT toInt64(version);

ALTER TABLE profile_identities ADD COLUMN IF NOT EXISTS rank Int64 DEFAULT toInt64(version);

DROP VIEW IF EXISTS profile_identities_from_identities;

CREATE MATERIALIZED VIEW IF NOT EXISTS profile_identities_from_identities TO profile_identities AS
SELECT profile, kind, id, version, rank FROM identities;

DROP VIEW IF EXISTS people_sets_from_identities;

CREATE MATERIALIZED VIEW IF NOT EXISTS people_sets_from_identities TO people_sets AS
SELECT CAST(toString(kind), 'Enum8(\'user\' = 1, \'anonymous\' = 2, \'seen\' = 3, \'dead\' = 4)') AS name, groupBitmapState(profile) AS people
FROM identities WHERE kind != 'other' GROUP BY name;

-- By which a message without a userId and an anonymousId was given its person.
ALTER TABLE messages ADD COLUMN IF NOT EXISTS other_id String DEFAULT '' CODEC(ZSTD(1));

-- What joined which identifiers, what did not and why, and what was undone, by arrival. Rows are only ever added, until a
-- person is deleted.
CREATE TABLE IF NOT EXISTS identity_log (
  seq UInt64,
  part UInt16,
  at DateTime64(3, 'UTC'),
  action Enum8('joined' = 1, 'not_joined' = 2, 'undone' = 3, 'kept_apart' = 4),
  reason LowCardinality(String),
  kind Enum8('user' = 1, 'anonymous' = 2, 'other' = 3),
  id String CODEC(ZSTD(1)),
  other_kind Enum8('user' = 1, 'anonymous' = 2, 'other' = 3),
  other_id String CODEC(ZSTD(1)),
  message_id String CODEC(ZSTD(1)),
  source LowCardinality(String),
  made_by LowCardinality(String)
) ENGINE = ReplacingMergeTree
ORDER BY (seq, part);

-- The same by each of the two identifiers.
CREATE TABLE IF NOT EXISTS identity_log_of (
  kind Enum8('user' = 1, 'anonymous' = 2, 'other' = 3),
  id String CODEC(ZSTD(1)),
  seq UInt64,
  part UInt16
) ENGINE = ReplacingMergeTree
ORDER BY (kind, id, seq, part)
SETTINGS index_granularity = 256;

CREATE MATERIALIZED VIEW IF NOT EXISTS identity_log_of_from_identity_log TO identity_log_of AS
SELECT either.1 AS kind, either.2 AS id, seq, part
FROM (SELECT seq, part, arrayJoin([(kind, id), (other_kind, other_id)]) AS either FROM identity_log);

-- Joins of before there was a log: the first message with both ids.
INSERT INTO identity_log
SELECT min(arrival) AS seq, 0 AS part, argMin(received_at, arrival) AS at, 'joined' AS action, 'message' AS reason,
  'user' AS kind, user_id AS id, 'anonymous' AS other_kind, anonymous_id AS other_id,
  argMin(message_id, arrival) AS message_id, argMin(source, arrival) AS source, '' AS made_by
FROM messages
WHERE user_id != '' AND anonymous_id != ''
  AND (user_id, anonymous_id) IN (
    SELECT users.id, visitors.id
    FROM (SELECT id, argMax(profile, version) AS owner FROM identities WHERE kind = 'user' GROUP BY id) AS users
    INNER JOIN (SELECT id, argMax(profile, version) AS owner FROM identities WHERE kind = 'anonymous' GROUP BY id) AS visitors
    USING owner
  )
GROUP BY user_id, anonymous_id;

-- What an alias says of an id that nobody has sent yet.
CREATE TABLE IF NOT EXISTS alias_claims (
  previous_id String,
  user_id String,
  seq UInt64,
  message_id String,
  source LowCardinality(String),
  at DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree
ORDER BY (previous_id, user_id);

-- Hashes of the identifiers of people who were deleted and must not come back.
CREATE TABLE IF NOT EXISTS suppressed_ids (
  kind Enum8('user' = 1, 'anonymous' = 2, 'other' = 3),
  hash String,
  deletion String
) ENGINE = ReplacingMergeTree
ORDER BY (kind, hash, deletion);

-- What was deleted, when and by whom: counts by table, as JSON, and no id. `profile` is dead from the first row on; the row
-- with `done` is written when everything is gone.
CREATE TABLE IF NOT EXISTS deletions (
  id String,
  profile UInt32,
  seq UInt64,
  at DateTime64(3, 'UTC'),
  made_by String,
  counts String,
  hashes Array(String),
  done UInt8
) ENGINE = ReplacingMergeTree(done)
ORDER BY id;
