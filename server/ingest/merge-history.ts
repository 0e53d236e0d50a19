import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, type Sql, sql } from "../event-store/sql";
import { storedMoment } from "../event-store/stored-moment";
import { accountTables, deriveAgain } from "./derived-tables";
import type { Merge } from "./identity-set";

/** Numbers that a statement names one by one. */
const named = 5_000;

/** Writes down that people are joined. From here on the joined numbers are dead, and a start completes what is cut off. */
export async function logMerges(eventStore: EventStore, merges: readonly Merge[], at: number): Promise<void> {
  await eventStore.insert(
    "profile_merges",
    merges.map(({ profile, into, arrival }) => ({ profile, into, arrival, merged_at: storedMoment(at) })),
  );
}

/** Gives what each dead number has, its identifiers and its history, to the number that it was joined into. */
export async function moveHistories(eventStore: EventStore, merges: readonly Merge[]): Promise<void> {
  for (const { dead, live } of lumps(merges)) {
    await moveIdentifiers(eventStore, dead, live);
    await copyMessages(eventStore, sql`transform(profile, ${dead}, ${live}, profile)`, isAmong(dead));
    // Some have arrived long ago, and all that derives from later ones is stored already.
    await deriveAgain(eventStore, isAmong(dead), sql`transform(profile, ${dead}, ${live}, profile)`);
  }
}

type Numbers = ReturnType<typeof param.uint32s>;

function* lumps(merges: readonly Merge[]): Iterable<{ dead: Numbers; live: Numbers }> {
  for (let start = 0; start < merges.length; start += named) {
    const lump = merges.slice(start, start + named);
    yield {
      dead: param.uint32s(lump.map(({ profile }) => profile)),
      live: param.uint32s(lump.map(({ into }) => into)),
    };
  }
}

function isAmong(numbers: Numbers): Sql {
  return sql`profile IN (SELECT arrayJoin(${numbers}))`;
}

async function moveIdentifiers(eventStore: EventStore, dead: Numbers, live: Numbers): Promise<void> {
  await eventStore.command(
    sql`INSERT INTO identities (kind, id, profile, known, version, rank)
    SELECT kind, id, transform(owner, ${dead}, ${live}, owner), 1, last + 1, chosen
    FROM (
      SELECT kind, id, argMax(profile, version) AS owner, max(version) AS last, min(rank) AS chosen FROM identities
      WHERE (kind, id) IN (SELECT kind, id FROM profile_identities WHERE ${isAmong(dead)}) GROUP BY kind, id
    ) WHERE owner IN (SELECT arrayJoin(${dead}))`,
  );
}

/** Writes messages again, as those of `owner`. */
export async function copyMessages(eventStore: EventStore, owner: Sql, which: Sql): Promise<void> {
  await eventStore.command(
    sql`INSERT INTO messages (type, event, profile, timestamp, arrival, properties, context, message_id, user_id,
      anonymous_id, other_id, source, original_timestamp, sent_at, received_at, extra)
    SELECT type, event, ${owner}, timestamp, arrival, properties, context, message_id,
      user_id, anonymous_id, other_id, source, original_timestamp, sent_at, received_at, extra
    FROM messages WHERE ${which}`,
  );
}

/**
 * Completes joins that may have been cut off: identifiers of a dead number go to the live one, and so do those of its
 * messages that are not there yet, told by their arrival, which no two messages share.
 */
export async function completeMerges(eventStore: EventStore, merges: readonly Merge[]): Promise<void> {
  for (const { dead, live } of lumps(chained(merges))) {
    await moveIdentifiers(eventStore, dead, live);
    await copyMessages(
      eventStore,
      sql`transform(profile, ${dead}, ${live}, profile)`,
      sql`${isAmong(dead)} AND arrival NOT IN (SELECT arrival FROM messages WHERE ${isAmong(live)})`,
    );
  }
}

/** Joins into numbers that were joined themselves since, with where they have come to. Nobody's (0) are left out. */
export function chained(merges: readonly Merge[]): Merge[] {
  const next = new Map(merges.map(({ profile, into }) => [profile, into]));
  return merges.flatMap((merge) => {
    let { into } = merge;
    for (let further = next.get(into); further !== undefined; further = next.get(into)) into = further;
    return into === 0 ? [] : [{ ...merge, into }];
  });
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
  const derived = [sql`trait_changes`, sql`profile_traits`, sql`profile_activity`, ...accountTables];
  for (const table of [...derived, sql`messages`]) {
    await eventStore.command(sql`DELETE FROM ${table} WHERE profile IN (SELECT profile FROM profile_merges)`);
  }
}
