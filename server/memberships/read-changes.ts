import * as z from "zod";
import { type MembershipCause, membershipCauses } from "@/core/api/memberships";
import type { EventStore } from "@/server/event-store/event-store";
import { join, param, sql } from "@/server/event-store/sql";
import { readPeople } from "@/server/profiles/people";
import { profileId } from "@/server/profiles/profile-id";
import { type KeptIdentifiers, keptIdentifiers } from "./kept-identifiers";

/** An entry of the log, with what is known of the person. */
export interface RecordedChange {
  /** Its place in the workspace's log: grows from one change to the next, over all audiences. */
  readonly cursor: number;
  readonly profile: number;
  readonly profileId: string;
  /**
   * As known now. Somebody who was joined into another keeps the identifiers that they had here; of somebody who was deleted
   * they stand in the entry itself, for a month.
   */
  readonly userId: string | null;
  readonly anonymousIds: readonly string[];
  readonly email: string | null;
  readonly change: "entered" | "exited";
  /** Milliseconds since the epoch: when it became so by the definition, and when it was recorded. */
  readonly at: number;
  readonly recordedAt: number;
  readonly cause: MembershipCause;
  readonly messageId: string | null;
}

interface ChangesPage {
  readonly items: readonly RecordedChange[];
  /** The cursor of the last item where there are more; null at the end of the log as it is. */
  readonly nextCursor: number | null;
}

interface ChangesInput {
  audienceId: string;
  /** The cursor of the last change that is known; 0 for all from the first on. */
  after?: number;
  /** 100 unless told. */
  limit?: number;
  /** From the newest to the oldest: then `after` is the cursor to go back from. */
  newestFirst?: boolean;
  change?: "entered" | "exited" | undefined;
  /** Milliseconds since the epoch: only changes with from ≤ at < to. */
  from?: number | undefined;
  to?: number | undefined;
}

const changeRow = z.strictObject({
  cursor: z.int(),
  profile: z.int(),
  entered: z.int(),
  atMs: z.int(),
  recordedMs: z.int(),
  why: z.enum(membershipCauses),
  messageId: z.string(),
  names: z.string(),
});

/** The log of one audience, in the order of its cursors, each change once. */
export async function readChanges(
  { eventStore, now }: { eventStore: EventStore; now(): Date },
  { audienceId, after, limit = 100, newestFirst = false, change, from, to }: ChangesInput,
): Promise<ChangesPage> {
  const place = newestFirst
    ? sql`${param.uint64(after ?? Number.MAX_SAFE_INTEGER)} > cursor`
    : sql`cursor > ${param.uint64(after ?? 0)}`;
  const which = join(
    [
      sql`audience_id = ${param.string(audienceId)}`,
      place,
      ...(change === undefined ? [] : [sql`entered = ${param.uint32(change === "entered" ? 1 : 0)}`]),
      ...(from === undefined ? [] : [sql`at >= ${param.moment(from)}`]),
      ...(to === undefined ? [] : [sql`at < ${param.moment(to)}`]),
    ],
    sql` AND `,
  );
  const rows = await eventStore.query(
    sql`SELECT cursor, profile, entered, toUnixTimestamp64Milli(at) AS atMs, toUnixTimestamp64Milli(recorded_at) AS recordedMs,
        toString(cause) AS why, message_id AS messageId, identifiers AS names
      FROM membership_changes WHERE ${which}
      ORDER BY cursor ${newestFirst ? sql`DESC` : sql`ASC`} LIMIT ${param.uint32(limit + 1)}`,
    changeRow,
  );
  const shown = rows.slice(0, limit);
  const people = await namesOf(
    eventStore,
    shown.map(({ profile }) => profile),
    now().getTime(),
  );
  const items = shown.map(({ cursor, profile, entered, atMs, recordedMs, why, messageId, names }): RecordedChange => {
    const known = names === "" ? people.get(profile) : keptIdentifiers.parse(JSON.parse(names));
    return {
      cursor,
      profile,
      profileId: profileId(profile),
      userId: known?.userId ?? null,
      anonymousIds: known?.anonymousIds ?? [],
      email: known?.email ?? null,
      change: entered === 1 ? "entered" : "exited",
      at: atMs,
      recordedAt: recordedMs,
      cause: why,
      messageId: messageId === "" ? null : messageId,
    };
  });
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.cursor ?? null) : null };
}

async function namesOf(
  eventStore: EventStore,
  profiles: readonly number[],
  now: number,
): Promise<Map<number, KeptIdentifiers>> {
  const numbers = [...new Set(profiles)].sort((one, other) => one - other);
  const people = await readPeople(eventStore, numbers, now, { traits: [] });
  return new Map(people.map((person) => [Number(person.id.slice(1)), person]));
}
