import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, type Sql, sql } from "../event-store/sql";
import { storedMoment } from "../event-store/stored-moment";
import { deriveAgain } from "./derived-tables";
import type { Merge } from "./identity";

/** Writes down that people are joined. From here on the joined numbers are dead, and a start completes what is cut off. */
export async function logMerges(eventStore: EventStore, merges: readonly Merge[], at: number): Promise<void> {
  await eventStore.insert(
    "profile_merges",
    merges.map(({ profile, into, arrival }) => ({ profile, into, arrival, merged_at: storedMoment(at) })),
  );
}

/** Writes the history of each dead number again under the number that it was joined into. */
export async function moveHistories(eventStore: EventStore, merges: readonly Merge[]): Promise<void> {
  if (merges.length === 0) return;
  const dead = param.uint32s(merges.map(({ profile }) => profile));
  const live = param.uint32s(merges.map(({ into }) => into));
  await copyMessages(eventStore, dead, live, sql`profile IN (SELECT arrayJoin(${dead}))`);
  // Some have arrived long ago, and all that derives from later ones is stored already.
  await deriveAgain(
    eventStore,
    sql`profile IN (SELECT arrayJoin(${dead}))`,
    sql`transform(profile, ${dead}, ${live}, profile)`,
  );
}

async function copyMessages(
  eventStore: EventStore,
  dead: ReturnType<typeof param.uint32s>,
  live: ReturnType<typeof param.uint32s>,
  which: Sql,
): Promise<void> {
  await eventStore.command(
    sql`INSERT INTO messages (type, event, profile, timestamp, arrival, properties, context, message_id, user_id,
      anonymous_id, source, original_timestamp, sent_at, received_at, extra)
    SELECT type, event, transform(profile, ${dead}, ${live}, profile), timestamp, arrival, properties, context, message_id,
      user_id, anonymous_id, source, original_timestamp, sent_at, received_at, extra
    FROM messages WHERE ${which}`,
  );
}

/**
 * Completes joins that may have been cut off: identifiers of a dead number go to the live one, and so do those of its
 * messages that are not there yet, told by their arrival, which no two messages share.
 */
export async function completeMerges(eventStore: EventStore, merges: readonly Merge[]): Promise<void> {
  if (merges.length === 0) return;
  const dead = param.uint32s(merges.map(({ profile }) => profile));
  const live = param.uint32s(merges.map(({ into }) => into));
  await eventStore.command(
    sql`INSERT INTO identities (kind, id, profile, known, version)
    SELECT kind, id, transform(owner, ${dead}, ${live}, owner), 1,
      (SELECT max(version) FROM identities) + 1
    FROM (SELECT kind, id, argMax(profile, version) AS owner FROM identities GROUP BY kind, id)
    WHERE owner IN (SELECT arrayJoin(${dead}))`,
  );
  await copyMessages(
    eventStore,
    dead,
    live,
    sql`profile IN (SELECT arrayJoin(${dead}))
      AND arrival NOT IN (SELECT arrival FROM messages WHERE profile IN (SELECT arrayJoin(${live})))`,
  );
}

/**
 * Removes the rows of dead numbers. Nothing reads them, so it may be done at any time between writes; the log of joins
 * stays.
 */
export async function purgeMerged(eventStore: EventStore): Promise<void> {
  const left = await eventStore.query(
    sql`SELECT 1 AS found FROM messages WHERE profile IN (SELECT profile FROM profile_merges) LIMIT 1`,
    z.strictObject({ found: z.literal(1) }),
  );
  if (left.length === 0) return;
  for (const table of [sql`trait_changes`, sql`profile_traits`, sql`profile_activity`, sql`messages`]) {
    await eventStore.command(sql`DELETE FROM ${table} WHERE profile IN (SELECT profile FROM profile_merges)`);
  }
}
