import * as z from "zod";
import type { EventStore } from "@/server/event-store/event-store";
import { periodsOfRow } from "@/server/event-store/periods";
import { type Sql, sql } from "@/server/event-store/sql";
import { accountOfRow } from "@/server/ingest/derived-tables";

const isEvent = sql`type IN ('track', 'page', 'screen')`;

const faults: Record<string, Sql> = {
  "a message is there twice": sql`SELECT message_id FROM messages WHERE profile NOT IN dead GROUP BY message_id HAVING count() > 1`,
  "an arrival is used twice": sql`SELECT arrival FROM messages WHERE profile NOT IN dead GROUP BY arrival HAVING count() > 1`,
  "a message of a dead person has not moved": sql`SELECT arrival FROM messages WHERE profile IN dead
    AND arrival NOT IN (SELECT arrival FROM messages WHERE profile NOT IN dead)`,
  "an id is known without its message": sql`SELECT hash FROM message_ids WHERE hash NOT IN (SELECT hash FROM hashes)`,
  "a message is there without its id": sql`SELECT hash FROM hashes WHERE hash NOT IN (SELECT hash FROM message_ids)`,
  "a message has another person than its user": sql`SELECT profile FROM messages m JOIN owners o ON o.k = 'user' AND o.id = m.user_id
    WHERE profile NOT IN dead AND m.profile != o.p`,
  "a message has another person than its visitor": sql`SELECT profile FROM messages m JOIN owners o ON o.k = 'anonymous' AND o.id = m.anonymous_id
    WHERE m.user_id = '' AND profile NOT IN dead AND m.profile != o.p`,
  "an identifier names a dead person": sql`SELECT id FROM owners WHERE p IN dead`,
  "an identifier is missing": sql`SELECT message_id FROM messages WHERE profile NOT IN dead
    AND (user_id != '' AND user_id NOT IN (SELECT id FROM owners WHERE k = 'user'))`,
  "traits and messages differ": sql`SELECT * FROM (
      SELECT kv.1 AS t, profile, timestamp, arrival, kv.2 AS v FROM messages ARRAY JOIN JSONExtractKeysAndValuesRaw(properties) AS kv
      WHERE type = 'identify' AND profile NOT IN dead
      UNION ALL SELECT DISTINCT trait, profile, timestamp, arrival, value FROM trait_changes WHERE profile NOT IN dead
    ) GROUP BY ALL HAVING count() != 2`,
  "accounts' people and group calls differ": sql`SELECT * FROM (
      SELECT ${accountOfRow} AS account, profile, min(timestamp) AS t FROM messages WHERE type = 'group' AND profile NOT IN dead GROUP BY ALL
      UNION ALL SELECT account, profile, min(timestamp) AS t FROM account_people WHERE profile NOT IN dead GROUP BY ALL
      UNION ALL SELECT account, profile, min(timestamp) AS t FROM profile_accounts WHERE profile NOT IN dead GROUP BY ALL
    ) GROUP BY ALL HAVING count() != 3`,
  "accounts' traits and group calls differ": sql`SELECT * FROM (
      SELECT kv.1 AS t, ${accountOfRow} AS account, profile, timestamp, arrival, kv.2 AS v
      FROM messages ARRAY JOIN JSONExtractKeysAndValuesRaw(properties) AS kv WHERE type = 'group' AND profile NOT IN dead
      UNION ALL SELECT DISTINCT trait, account, profile, timestamp, arrival, value FROM account_traits WHERE profile NOT IN dead
    ) GROUP BY ALL HAVING count() != 2`,
  "values and trait changes differ": sql`SELECT * FROM (
      SELECT DISTINCT trait, value, profile FROM trait_changes WHERE profile NOT IN dead
      UNION ALL SELECT DISTINCT trait, value, arrayJoin(bitmapToArray(people)) AS profile
      FROM (SELECT trait, value, groupBitmapMergeState(people) AS people FROM trait_values GROUP BY ALL) WHERE profile NOT IN dead
    ) GROUP BY ALL HAVING count() != 2`,
  "names and identifiers differ": sql`SELECT * FROM (
      SELECT DISTINCT profile, toString(kind) AS k, id FROM identities WHERE profile NOT IN dead
      UNION ALL SELECT DISTINCT profile, toString(kind), id FROM profile_identities WHERE profile NOT IN dead
    ) GROUP BY ALL HAVING count() != 2`,
  "activity and messages differ": sql`SELECT * FROM (
      SELECT profile, min(timestamp) AS a, max(timestamp) AS b FROM messages WHERE profile NOT IN dead GROUP BY profile
      UNION ALL SELECT profile, min(first_at), max(last_at) FROM profile_activity WHERE profile NOT IN dead GROUP BY profile
    ) GROUP BY ALL HAVING count() != 2`,
  "moments and messages differ": sql`SELECT * FROM (
      SELECT DISTINCT type, event, profile, timestamp FROM messages WHERE ${isEvent} AND profile NOT IN dead
      UNION ALL SELECT DISTINCT type, event, profile, timestamp FROM event_moments WHERE profile NOT IN dead
    ) GROUP BY ALL HAVING count() != 2`,
  "periods and messages differ": sql`SELECT * FROM (
      SELECT DISTINCT type, event, ${periodsOfRow} AS period, profile FROM messages WHERE ${isEvent} AND profile NOT IN dead
      UNION ALL SELECT DISTINCT type, event, period, arrayJoin(bitmapToArray(people)) AS profile
      FROM (SELECT type, event, period, groupBitmapMergeState(people) AS people FROM event_periods GROUP BY ALL)
      WHERE profile NOT IN dead
    ) GROUP BY ALL HAVING count() != 2`,
  // One that ends later is left by somebody who was deleted, and says no more than that moments must be read.
  "a period ends before its messages": sql`SELECT type, event, period FROM (
      SELECT type, event, ${periodsOfRow} AS period, max(timestamp) AS end, 1 AS is_message FROM messages
      WHERE ${isEvent} AND profile NOT IN dead GROUP BY ALL
      UNION ALL SELECT type, event, period, max(last_at) AS end, 0 AS is_message FROM event_periods GROUP BY ALL
    ) GROUP BY type, event, period HAVING maxIf(end, is_message = 1) > maxIf(end, is_message = 0)`,
};

/** What does not agree among messages and what derives from them; empty when all is well. */
export async function faultsOf(eventStore: Pick<EventStore, "query">): Promise<string[]> {
  const found: string[] = [];
  for (const [name, rows] of Object.entries(faults)) {
    const [row] = await eventStore.query(
      sql`WITH dead AS (SELECT profile FROM profile_merges),
        owners AS (SELECT toString(kind) AS k, id, argMax(profile, version) AS p FROM identities GROUP BY kind, id),
        hashes AS (SELECT reinterpretAsUInt128(substring(SHA256(concat(source, '\\0', message_id)), 1, 16)) AS hash FROM messages)
        SELECT count() AS count FROM (${rows})`,
      z.strictObject({ count: z.int() }),
    );
    if (row?.count !== 0) found.push(`${name}: ${row?.count}`);
  }
  return found;
}
