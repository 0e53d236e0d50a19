import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { DeletionReceipt } from "../../core/api/identity";
import { AppError } from "../../core/errors";
import { type Actor, actorId } from "../auth/actor";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { storedMoment } from "../event-store/stored-moment";
import { markDerived } from "../ingest/derived-tables";
import { erasePerson, shredRemoved } from "../ingest/erase-person";
import { finishDeletion } from "../ingest/hand-changes";
import { identifiersOfPerson } from "../ingest/person-identifiers";
import { suppressionHash } from "../ingest/suppressed-ids";
import type { Memberships } from "../memberships/memberships";
import { readPeople } from "../profiles/people";
import { resolveProfile } from "../profiles/resolve";
import type { Services } from "../services";

const receiptRow = z.strictObject({
  id: z.string(),
  moment: z.string(),
  madeBy: z.string(),
  counts: z.string(),
  hashes: z.array(z.string()),
  told: z.string(),
  last: z.int(),
});
const told = z.array(z.strictObject({ syncId: z.string(), name: z.string(), isTold: z.boolean() }));
const counts = z.record(z.string(), z.int());

/**
 * Deletes a person from every table and figure, and lets their identifiers not come back. Answers the receipt.
 * Errors: `not_found`.
 */
export async function deletePerson(
  {
    eventStore,
    ingest,
    live,
    memberships,
  }: Pick<Services, "eventStore" | "ingest" | "live"> & {
    memberships: Pick<Memberships, "leaveAll">;
  },
  profileId: string,
  actor: Actor | null,
): Promise<DeletionReceipt> {
  const asked = await resolveProfile(eventStore, profileId);
  const id = randomUUID();
  const removed = await ingest.changePeople(async (change) => {
    const profile = await resolveProfile(change.eventStore, `p${asked}`);
    const identifiers = await identifiersOfPerson(change.eventStore, profile);
    if (identifiers.length === 0) throw new AppError("not_found", `There is no person with the id ${profileId}.`, "id");
    const hashes = identifiers.map((identifier) => ({ ...identifier, hash: suppressionHash(identifier) }));
    // Refused from here on, and begun: a start does the rest.
    await change.eventStore.insert(
      "suppressed_ids",
      hashes.map(({ kind, hash }) => ({ kind, hash, deletion: id })),
    );
    const { seq, at } = change;
    await change.eventStore.insert("deletions", [
      {
        id,
        profile,
        seq,
        at: storedMoment(at),
        made_by: actorId(actor) ?? "",
        counts: "{}",
        hashes: hashes.map(({ hash }) => hash),
        done: 0,
      },
    ]);
    ingest.suppress(hashes.map(({ hash }) => hash));
    const [named] = await readPeople(change.eventStore, [profile], at, { traits: [] });
    const { userId = null, anonymousIds = [], email = null } = named ?? {};
    await memberships.leaveAll(profile, { userId, anonymousIds, email }, at);
    const rows = await erasePerson(change.eventStore, profile, seq, at);
    await finishDeletion(change.eventStore, id, rows);
    await markDerived(change.eventStore, seq);
    return rows;
  });
  live.forgetAll();
  await shredRemoved(
    eventStore,
    Object.keys(removed).filter((table) => (removed[table] ?? 0) > 0),
  );
  const receipt = (await listDeletions(eventStore, 1_000)).find((one) => one.id === id);
  if (receipt === undefined) throw new Error("A deletion has left no receipt");
  return receipt;
}

/** Receipts, the newest first. */
export async function listDeletions(eventStore: EventStore, limit: number): Promise<DeletionReceipt[]> {
  const rows = await eventStore.query(
    sql`SELECT id, max(deletions.at) AS moment, any(made_by) AS madeBy, argMax(deletions.counts, done) AS counts,
        any(deletions.hashes) AS hashes, argMax(tools, done) AS told, max(done) AS last
      FROM deletions GROUP BY id ORDER BY moment DESC, id LIMIT ${param.uint32(limit)}`,
    receiptRow,
  );
  return rows.map(({ id, moment, madeBy, counts: text, hashes, told: tools, last }) => ({
    id,
    at: moment,
    by: madeBy === "" ? null : madeBy,
    counts: counts.parse(JSON.parse(text)),
    hashes,
    tools: last < 2 ? null : told.parse(JSON.parse(tools || "[]")),
  }));
}
