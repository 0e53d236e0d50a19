import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";
import { numbersOf } from "../ingest/erase-person";
import type { Metadata } from "../metadata/scoped";
import type { Next } from "./work-loop";

/** A tool that cannot be told is not waited for without end; the log of memberships keeps names as long. */
const longestWaitMs = 30 * 86_400_000;
const idle: Next = { wait: 60_000 };
const notYet: Next = { wait: 2_000 };
const batchesAtOnce = 500;

const deletionRow = z.strictObject({ id: z.string(), profile: z.int(), atMs: z.int(), counts: z.string() });
const entryRow = z.strictObject({ sync: z.string(), state: z.string() });
const batchRow = z.strictObject({ batch: z.string() });
const countRow = z.strictObject({ count: z.int() });
const counts = z.record(z.string(), z.int());

type Deletion = z.infer<typeof deletionRow>;

interface Told {
  readonly syncId: string;
  readonly name: string;
  readonly isTold: boolean;
}

interface Stores {
  readonly metadata: Metadata;
  /** Without waiting for ingest. */
  readonly ownStore: EventStore;
  now(): Date;
}

/**
 * Erases what was sent of people who were deleted from the logs, once each tool was told that they left; a sync that is paused or
 * fails is waited for, thirty days at most. The receipts say which tools were told, and what was erased.
 */
export async function forgetDeleted(stores: Stores): Promise<Next> {
  const deletions = await stores.ownStore.query(
    sql`SELECT id, profile, toUnixTimestamp64Milli(at) AS atMs, counts FROM deletions FINAL WHERE done = 1`,
    deletionRow,
  );
  let left = false;
  for (const deletion of deletions) if (!(await forgetOne(deletion, stores))) left = true;
  return left ? notYet : idle;
}

async function forgetOne(deletion: Deletion, stores: Stores): Promise<boolean> {
  const { ownStore, metadata, now } = stores;
  const numbers = await numbersOf(ownStore, deletion.profile);
  const entries = await ownStore.query(
    sql`SELECT toString(sync) AS sync, toString(state) AS state FROM sync_people FINAL WHERE profile IN ${param.uint32s(numbers)}`,
    entryRow,
  );
  const syncs = await metadata.sync.findMany({
    where: { id: { in: entries.map(({ sync }) => sync) } },
    include: { destination: { select: { name: true } } },
  });
  const isThere = (state: string) => state !== "out" && state !== "missed";
  const isTooLong = now().getTime() - deletion.atMs > longestWaitMs;
  const waits = entries.some(
    ({ sync, state }) => isThere(state) && syncs.some(({ id, status }) => id === sync && status !== "cancelled"),
  );
  if (waits && !isTooLong) return false;
  const told = new Map<string, Told>();
  for (const { sync: syncId, state } of entries) {
    const sync = syncs.find(({ id }) => id === syncId);
    const name = sync?.destination.name ?? "";
    const isTold = !isThere(state) && (sync?.sendsLeaving ?? true) && (told.get(syncId)?.isTold ?? true);
    told.set(syncId, { syncId, name, isTold });
  }
  const erased = await eraseLogs(ownStore, numbers);
  await ownStore.command(
    sql`INSERT INTO deletions (id, profile, seq, at, made_by, counts, hashes, done, tools)
      SELECT id, profile, seq, at, made_by, ${param.string(JSON.stringify({ ...counts.parse(JSON.parse(deletion.counts)), ...erased }))},
        hashes, 2, ${param.string(JSON.stringify([...told.values()]))}
      FROM deletions FINAL WHERE id = ${param.string(deletion.id)}`,
  );
  return true;
}

/** Answers how many rows went, by table; of requests that held others as well, only the text goes. */
async function eraseLogs(store: EventStore, numbers: readonly number[]): Promise<Record<string, number>> {
  const own = sql`profile IN ${param.uint32s(numbers)}`;
  const erased: Record<string, number> = {};
  const batches = await store.query(sql`SELECT DISTINCT batch FROM deliveries WHERE ${own}`, batchRow);
  for (let from = 0; from < batches.length; from += batchesAtOnce) {
    const some = param.strings(batches.slice(from, from + batchesAtOnce).map(({ batch }) => batch));
    await store.command(
      sql`ALTER TABLE delivery_requests UPDATE url = '', request = '', answer = '' WHERE batch IN (SELECT arrayJoin(${some}))`,
    );
  }
  for (const [name, table] of [
    ["deliveries", sql`deliveries`],
    ["sync_people", sql`sync_people`],
  ] as const) {
    const [row] = await store.query(sql`SELECT count() AS count FROM ${table} WHERE ${own}`, countRow);
    erased[name] = row?.count ?? 0;
    if (erased[name] === 0) continue;
    await store.command(sql`DELETE FROM ${table} WHERE ${own}`);
    await store.command(sql`ALTER TABLE ${table} APPLY DELETED MASK`);
  }
  return { ...erased, delivery_requests: batches.length };
}
