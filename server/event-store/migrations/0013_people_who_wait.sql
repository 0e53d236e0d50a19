-- People who are tried again alone, while everybody else of their sync goes on: `state` is entering or leaving, `attempts` how often it
-- was tried, and `due_at` when it is next.
ALTER TABLE sync_people ADD COLUMN IF NOT EXISTS attempts UInt32;
ALTER TABLE sync_people ADD COLUMN IF NOT EXISTS due_at DateTime64(3, 'UTC');
