import type { EventStore } from "../event-store/event-store";
import { type Sql, sql } from "../event-store/sql";

/**
 * Writes what the views make of the messages that fit `which` once more. All of it is idempotent: hashes and trait
 * changes replace themselves, activity keeps its bounds.
 */
export async function deriveAgain(eventStore: EventStore, which: Sql): Promise<void> {
  await eventStore.command(
    sql`INSERT INTO message_ids
    SELECT reinterpretAsUInt128(substring(SHA256(concat(source, '\\0', message_id)), 1, 16)) AS hash FROM messages WHERE ${which}`,
  );
  await eventStore.command(
    sql`INSERT INTO trait_changes
    SELECT kv.1 AS trait, profile, timestamp, arrival, kv.2 AS value
    FROM messages ARRAY JOIN JSONExtractKeysAndValuesRaw(properties) AS kv
    WHERE type = 'identify' AND (${which})`,
  );
  await eventStore.command(
    sql`INSERT INTO profile_activity
    SELECT profile, min(timestamp) AS first_at, max(timestamp) AS last_at FROM messages WHERE ${which} GROUP BY profile`,
  );
}
