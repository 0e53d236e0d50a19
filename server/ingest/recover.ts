import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { rebuildPeopleSets } from "../profiles/people-sets";
import { deriveAgain } from "./derived-tables";
import { maxFlushMessages } from "./ingest";
import { completeMerges } from "./merge-history";

/** Where counting goes on. */
export interface Counters {
  readonly nextProfile: number;
  readonly nextArrival: number;
}

const highestRow = z.strictObject({ profile: z.int(), arrival: z.int(), stored: z.int() });
const mergeRow = z.strictObject({ profile: z.int(), into: z.int(), arrival: z.int() });

/**
 * Puts right what the last write may have left half done when the process died or the store failed, and says where
 * counting goes on. Writes come one after the other, so only the last one can be torn: what it wrote lies among the last
 * `maxFlushMessages` arrivals. Messages come first and what derives from them after, so everything is made again from
 * messages; a write is idempotent, so doing it without need changes nothing.
 */
export async function recover(eventStore: EventStore): Promise<Counters> {
  const [highest] = await eventStore.query(
    sql`SELECT
      greatest((SELECT max(profile) FROM profile_activity), (SELECT max(profile) FROM messages),
        (SELECT max(profile) FROM identities), (SELECT max(profile) FROM profile_merges)) AS profile,
      greatest((SELECT max(arrival) FROM messages), (SELECT max(version) FROM identities),
        (SELECT max(arrival) FROM profile_merges)) AS arrival,
      (SELECT max(arrival) FROM messages) AS stored`,
    highestRow,
  );
  if (highest === undefined) throw new Error("The event store did not say what it holds.");
  const settled = Math.max(0, highest.stored - maxFlushMessages);
  const merges = await eventStore.query(
    sql`SELECT profile, into, arrival FROM profile_merges WHERE arrival > ${param.uint64(settled)}`,
    mergeRow,
  );
  await completeMerges(eventStore, merges);
  const joined = param.uint32s(merges.map(({ into }) => into));
  await deriveAgain(eventStore, sql`arrival > ${param.uint64(settled)} OR profile IN (SELECT arrayJoin(${joined}))`);
  await rebuildPeopleSets(eventStore);
  // One past the version that completing a join may have used.
  return { nextProfile: highest.profile + 1, nextArrival: highest.arrival + 2 };
}
