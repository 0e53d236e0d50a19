import * as z from "zod";
import type { EventStore } from "@/server/event-store/event-store";
import { param, sql } from "@/server/event-store/sql";
import { profileNumber } from "@/server/profiles/profile-id";

const enteredRow = z.strictObject({ profile: z.int(), entered: z.int(), atMs: z.int() });

/**
 * Since when some people are in an audience as of a moment, in milliseconds since the epoch: by their last change until then.
 * Whoever was out by it is left out, as is who entered while nobody kept the log.
 */
export async function enteredAtOf(
  eventStore: EventStore,
  audienceId: string,
  profiles: readonly number[],
  now: number,
  signal?: AbortSignal,
): Promise<Map<number, number>> {
  if (profiles.length === 0) return new Map();
  const rows = await eventStore.query(
    sql`SELECT profile, argMax(entered, cursor) AS entered, toUnixTimestamp64Milli(argMax(at, cursor)) AS atMs
      FROM membership_changes
      WHERE audience_id = ${param.string(audienceId)} AND at <= ${param.moment(now)} AND profile IN ${param.uint32s(profiles)}
      GROUP BY profile`,
    enteredRow,
    { signal },
  );
  return new Map(rows.flatMap(({ profile, entered, atMs }) => (entered === 1 ? [[profile, atMs] as const] : [])));
}

/** As the API answers it, of a person by their public id. */
export function enteredAt(since: ReadonlyMap<number, number>, id: string): string | null {
  const at = since.get(profileNumber(id) ?? -1);
  return at === undefined ? null : new Date(at).toISOString();
}
