import * as z from "zod";
import type { EventStore } from "../event-store/event-store";
import { param, sql } from "../event-store/sql";

const hashBytes = 16;
const hashRow = z.strictObject({ found: z.string() });

/** The 16 bytes of `message_ids.hash` as text. */
export function storedHash(digest: Buffer): string {
  return digest.toString("hex", 0, hashBytes);
}

/** Of these `storedHash` texts, the ones whose message is stored. */
export async function storedAmong(eventStore: EventStore, hashes: readonly string[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await eventStore.query(
    sql`SELECT DISTINCT lower(hex(reinterpretAsFixedString(hash))) AS found FROM message_ids
    WHERE hash IN (SELECT reinterpretAsUInt128(unhex(arrayJoin(${param.strings(hashes)}))))`,
    hashRow,
    { settings: { use_index_for_in_with_subqueries: 1 } },
  );
  return new Set(rows.map(({ found }) => found));
}
