import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { storedMoment } from "../event-store/stored-moment";
import { markDerived } from "./derived-tables";
import { erasePerson } from "./erase-person";
import type { Identifier } from "./identity-set";
import { logMerges, moveHistories } from "./merge-history";
import { partHistory } from "./part-history";
import { identifierKind, ownerOf } from "./person-identifiers";

/** A change of who is who that somebody makes by hand, as it is in the log. */
export interface HandChange {
  readonly seq: number;
  readonly at: number;
  readonly action: "joined" | "undone";
  readonly one: Identifier;
  readonly other: Identifier;
}

const changeRow = z.strictObject({
  seq: z.int(),
  moment: z.int(),
  done: z.enum(["joined", "undone"]),
  oneKind: identifierKind,
  one: z.string(),
  otherKind: identifierKind,
  other: z.string(),
});
const deletionRow = z.strictObject({ id: z.string(), profile: z.int(), seq: z.int(), moment: z.int() });

/** Writes down what somebody decided. From here on it is done, or a start does it. */
export async function logHandChange(
  eventStore: EventStore,
  change: Omit<HandChange, "action"> & { action: HandChange["action"] | "kept_apart" },
  madeBy: string,
): Promise<void> {
  const { seq, at, action, one, other } = change;
  await eventStore.insert("identity_log", [
    {
      seq,
      part: 0,
      at: storedMoment(at),
      action,
      reason: "hand",
      kind: one.kind,
      id: one.id,
      other_kind: other.kind,
      other_id: other.id,
      message_id: "",
      source: "",
      made_by: madeBy,
    },
  ]);
}

/** Does what was written down, or what is left of it. New people get the numbers from `nextProfile` on. */
async function carryOut(eventStore: EventStore, change: HandChange, nextProfile: number): Promise<void> {
  if (change.action === "undone") await partHistory(eventStore, change, nextProfile);
  else await joinByHand(eventStore, change);
}

/** `other` becomes the person of `one`, who is shown as before. */
async function joinByHand(eventStore: EventStore, { seq, at, one, other }: HandChange): Promise<void> {
  const [live, dead] = [await ownerOf(eventStore, one), await ownerOf(eventStore, other)];
  if (live === undefined || dead === undefined) return;
  if (one.kind === "user") {
    await eventStore.insert("identities", [
      { kind: one.kind, id: one.id, profile: live, known: 1, version: seq, rank: -seq },
    ]);
  }
  // Those that were logged before a cut are completed as all joins are.
  if (live === dead) return;
  const merges = [{ profile: dead, into: live, arrival: seq }];
  await logMerges(eventStore, merges, at);
  await moveHistories(eventStore, merges);
}

/** What was decided by hand and may not be done, the oldest first. */
async function unfinished(eventStore: EventStore, derived: number): Promise<HandChange[]> {
  const rows = await eventStore.query(
    sql`SELECT seq, toUnixTimestamp64Milli(any(at)) AS moment, toString(any(action)) AS done, toString(any(kind)) AS oneKind,
        any(id) AS one, toString(any(other_kind)) AS otherKind, any(other_id) AS other
      FROM identity_log WHERE seq > ${param.uint64(derived)} AND reason = 'hand' AND action IN ('joined', 'undone')
      GROUP BY seq ORDER BY seq`,
    changeRow,
  );
  return rows.map(({ seq, moment, done, oneKind, one, otherKind, other }) => ({
    seq,
    at: moment,
    action: done,
    one: { kind: oneKind, id: one },
    other: { kind: otherKind, id: other },
  }));
}

/** Deletions that were begun and may not be done. */
async function unfinishedDeletions(eventStore: EventStore): Promise<z.infer<typeof deletionRow>[]> {
  return eventStore.query(
    sql`SELECT id, any(profile) AS profile, any(deletions.seq) AS seq, toUnixTimestamp64Milli(any(at)) AS moment FROM deletions
      GROUP BY id HAVING max(done) = 0`,
    deletionRow,
  );
}

/** Numbers of the log whose joined numbers were not joined into another whole. */
export async function partings(eventStore: EventStore, derived: number): Promise<ReadonlySet<number>> {
  const changes = await unfinished(eventStore, derived);
  return new Set(changes.filter(({ action }) => action === "undone").map(({ seq }) => seq));
}

/** Completes what was decided by hand, after all that came in before it is in its place. */
export async function completeHandChanges(eventStore: EventStore, derived: number, nextProfile: number): Promise<void> {
  for (const change of await unfinished(eventStore, derived)) await carryOut(eventStore, change, nextProfile);
  for (const { id, profile, seq, moment } of await unfinishedDeletions(eventStore)) {
    await finishDeletion(eventStore, id, await erasePerson(eventStore, profile, seq, moment));
  }
}

/** Writes down that everything of somebody is gone, and how many rows of each table that was. */
export async function finishDeletion(
  eventStore: EventStore,
  id: string,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  await eventStore.command(
    sql`INSERT INTO deletions (id, profile, seq, at, made_by, counts, hashes, done)
      SELECT id, profile, seq, at, made_by, ${param.string(JSON.stringify(counts))}, hashes, 1 FROM deletions WHERE id = ${param.string(id)} LIMIT 1`,
  );
}

/** Does one change of who is who as a whole, written down with `seq`. */
export async function changeByHand(
  eventStore: EventStore,
  change: HandChange,
  madeBy: string,
  nextProfile: number,
): Promise<void> {
  await logHandChange(eventStore, change, madeBy);
  await carryOut(eventStore, change, nextProfile);
  await markDerived(eventStore, change.seq);
}
