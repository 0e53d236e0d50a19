-- Which tools were told of a deletion, as JSON: { syncId, name, isTold } each. A row whose `done` is 2 says that they were, and that the logs of what
-- was sent of the person are gone.
ALTER TABLE deletions ADD COLUMN IF NOT EXISTS tools String;
