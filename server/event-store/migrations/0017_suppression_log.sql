-- What was decided by hand of identifiers that must not come in: that one is suppressed before it ever came, or may come back. The
-- last decision on a hash, a deletion among them, holds. As of deletions, nothing is kept of an identifier but its hash.
CREATE TABLE IF NOT EXISTS suppression_log (
  kind Enum8('user' = 1, 'anonymous' = 2, 'other' = 3),
  hash String,
  action Enum8('suppressed' = 1, 'lifted' = 2),
  at DateTime64(3, 'UTC'),
  made_by String
) ENGINE = MergeTree
ORDER BY (kind, hash, at);
