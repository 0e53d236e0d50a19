import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { rebuildPeopleSets } from "../profiles/people-sets";
import { deriveAgain, markDerived } from "./derived-tables";
import { completeHandChanges, partings } from "./hand-changes";
import { chained, completeMerges } from "./merge-history";

/** Where counting goes on. */
export interface Counters {
  readonly nextProfile: number;
  readonly nextArrival: number;
}

const highestRow = z.strictObject({ arrival: z.int(), derived: z.int() });
const mergeRow = z.strictObject({ profile: z.int(), into: z.int(), arrival: z.int() });

/** Completing what was cut off may have used numbers. */
async function highestNumber(eventStore: EventStore): Promise<number> {
  const [row] = await eventStore.query(
    sql`SELECT greatest((SELECT max(profile) FROM profile_activity), (SELECT max(profile) FROM messages),
      (SELECT max(profile) FROM identities), (SELECT max(profile) FROM profile_merges), (SELECT max(into) FROM profile_merges),
      (SELECT max(profile) FROM deletions)) AS profile`,
    z.strictObject({ profile: z.int() }),
  );
  return row?.profile ?? 0;
}

/**
 * Puts right what the last write may have left half done when the process died or the store failed, and says where
 * counting goes on. Messages come first and what derives from them after, in lumps: all that came after the last lump that
 * was finished is derived again. That is idempotent, so doing it without need changes nothing.
 */
export async function recover(eventStore: EventStore): Promise<Counters> {
  const [highest] = await eventStore.query(
    sql`SELECT
      greatest((SELECT max(arrival) FROM messages), (SELECT max(version) FROM identities),
        (SELECT max(arrival) FROM profile_merges), (SELECT max(seq) FROM identity_log), (SELECT max(seq) FROM deletions),
        (SELECT max(arrival) FROM derived_until)) AS arrival,
      (SELECT max(arrival) FROM derived_until) AS derived`,
    highestRow,
  );
  if (highest === undefined) throw new Error("The event store did not say what it holds.");
  const { derived } = highest;
  const parted = await partings(eventStore, derived);
  const logged = await eventStore.query(
    sql`SELECT profile, into, arrival FROM profile_merges WHERE arrival > ${param.uint64(derived)}`,
    mergeRow,
  );
  const merges = logged.filter(({ arrival }) => !parted.has(arrival));
  await completeMerges(eventStore, merges);
  await eventStore.command(
    sql`INSERT INTO profile_identities (profile, kind, id, version, rank)
      SELECT profile, kind, id, version, rank FROM identities WHERE version > ${param.uint64(derived)}`,
  );
  await eventStore.command(
    sql`INSERT INTO people_terms (is_email, term, profile)
      SELECT 0, lowerUTF8(id), profile FROM identities WHERE version > ${param.uint64(derived)}`,
  );
  await eventStore.command(
    sql`INSERT INTO identity_log_of (kind, id, seq, part)
      SELECT either.1, either.2, seq, part
      FROM (SELECT seq, part, arrayJoin([(kind, id), (other_kind, other_id)]) AS either FROM identity_log)
      WHERE seq > ${param.uint64(derived)}`,
  );
  const joined = param.uint32s(chained(merges).map(({ into }) => into));
  await deriveAgain(eventStore, sql`arrival > ${param.uint64(derived)} OR profile IN (SELECT arrayJoin(${joined}))`);
  await completeHandChanges(eventStore, derived, (await highestNumber(eventStore)) + 1);
  await rebuildPeopleSets(eventStore);
  if (highest.arrival > derived) await markDerived(eventStore, highest.arrival);
  // One past the version that completing a join may have used.
  return { nextProfile: (await highestNumber(eventStore)) + 1, nextArrival: highest.arrival + 2 };
}
