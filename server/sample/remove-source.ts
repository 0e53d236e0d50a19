import type { EventStore } from "../event-store/event-store";
import { periodsOfRow } from "../event-store/periods";
import { param, type Sql, sql } from "../event-store/sql";
import { accountOfRow } from "../ingest/derived-tables";
import { rebuildPeopleSets } from "../profiles/people-sets";

/**
 * Removes everything that came from a source, and what was known of people by it alone. Real people who share the
 * workspace stay as they are. Messages go last: cut off anywhere, doing it again does the rest. Nothing may be written
 * meanwhile (`Ingest.exclusively`).
 */
export async function removeSourceMessages(
  eventStore: EventStore,
  sourceId: string,
  onProgress: (fraction: number) => void,
): Promise<void> {
  const source = param.string(sourceId);
  const theirs = sql`SELECT profile FROM messages WHERE source = ${source}`;
  const others = sql`FROM messages WHERE source != ${source} AND profile IN (${theirs})`;
  const orphaned = sql`profile IN (${theirs}) AND NOT (kind = 'user' AND id IN (SELECT user_id ${others}))
    AND NOT (kind = 'anonymous' AND id IN (SELECT anonymous_id ${others}))`;
  const events = sql`(type, event) IN (SELECT type, event FROM messages WHERE source = ${source} GROUP BY type, event)`;
  const kept = sql`FROM messages WHERE source != ${source} AND type IN ('track', 'page', 'screen') AND ${events}`;
  const steps: Sql[] = [
    sql`DELETE FROM kept_messages WHERE source = ${source}`,
    sql`DELETE FROM ingest_minutes WHERE source = ${source}`,
    sql`DELETE FROM plan_violations WHERE source = ${source}`,
    sql`DELETE FROM message_ids WHERE hash IN (
      SELECT reinterpretAsUInt128(substring(SHA256(concat(source, '\\0', message_id)), 1, 16)) FROM messages
      WHERE source = ${source})`,
    sql`DELETE FROM trait_changes WHERE arrival IN (SELECT arrival FROM messages WHERE source = ${source})`,
    sql`DELETE FROM profile_traits WHERE arrival IN (SELECT arrival FROM messages WHERE source = ${source})`,
    sql`TRUNCATE TABLE trait_values`,
    sql`INSERT INTO trait_values
      SELECT trait, value, max(timestamp) AS last_at, groupBitmapState(profile) AS people FROM trait_changes GROUP BY trait, value`,
    sql`DELETE FROM profile_identities WHERE ${orphaned}`,
    sql`DELETE FROM identities WHERE ${orphaned}`,
    sql`TRUNCATE TABLE people_terms`,
    sql`INSERT INTO people_terms SELECT 0, lowerUTF8(id), profile FROM identities`,
    sql`INSERT INTO people_terms SELECT 1, lowerUTF8(JSONExtractString(value)), profile FROM trait_changes WHERE trait = 'email'`,
    sql`DELETE FROM profile_activity WHERE profile IN (${theirs})`,
    sql`INSERT INTO profile_activity
      SELECT profile, min(timestamp) AS first_at, max(timestamp) AS last_at ${others} GROUP BY profile`,
    sql`DELETE FROM account_traits WHERE arrival IN (SELECT arrival FROM messages WHERE source = ${source})`,
    ...[sql`account_people`, sql`profile_accounts`].flatMap((table) => [
      sql`DELETE FROM ${table} WHERE profile IN (${theirs})`,
      sql`INSERT INTO ${table} (account, profile, timestamp) SELECT ${accountOfRow} AS account, profile, min(timestamp) ${others}
        AND type = 'group' AND account != '' GROUP BY account, profile`,
    ]),
    sql`DELETE FROM event_moments WHERE ${events}`,
    sql`INSERT INTO event_moments SELECT type, event, timestamp, profile ${kept}`,
    sql`DELETE FROM event_periods WHERE ${events}`,
    sql`INSERT INTO event_periods
      SELECT type, event, ${periodsOfRow} AS period, max(timestamp) AS last_at, groupBitmapState(profile) AS people
      ${kept} GROUP BY type, event, period`,
    sql`DELETE FROM messages WHERE source = ${source}`,
  ];
  for (const [index, step] of steps.entries()) {
    await eventStore.command(step);
    onProgress((index + 1) / steps.length);
  }
  await rebuildPeopleSets(eventStore);
}
