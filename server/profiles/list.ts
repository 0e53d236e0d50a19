import * as z from "zod";
import type { ProfileRow } from "@/core/api/profiles";
import type { EventStore } from "@/server/event-store/event-store";
import { empty, join, param, type Sql, sql } from "@/server/event-store/sql";
import { activityAt } from "./activity";
import { formatCursor, parseCursor } from "./cursor";
import { deadPeople, knownPeople } from "./live";
import { readPeople } from "./people";
import { profileId } from "./profile-id";

export interface ListProfilesInput {
  userId?: string | undefined;
  anonymousId?: string | undefined;
  /** A part of an id or of an email, in any case. */
  search?: string | undefined;
  /** Whether people known only by an anonymousId are listed; they are unless this is false. */
  includeAnonymous?: boolean | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

const seenRow = z.strictObject({ profile: z.int(), firstAt: z.int(), lastAt: z.int() });

function idIs(kind: Sql, id: string): Sql {
  return sql`profile IN (
    SELECT argMax(profile, version) FROM identities WHERE kind = ${kind} AND id = ${param.string(id)} GROUP BY kind, id
  )`;
}

/** Of emails only the present one counts; those that fit at any time are few, and looked up. */
function matches(search: string): Sql {
  const part = sql`lowerUTF8(${param.string(search)})`;
  return sql`profile IN (
    SELECT profile FROM people_terms WHERE is_email = 0 AND position(term, ${part}) > 0
    UNION ALL
    SELECT profile FROM trait_changes WHERE trait = 'email'
      AND profile IN (SELECT profile FROM people_terms WHERE is_email = 1 AND position(term, ${part}) > 0)
    GROUP BY profile
    HAVING position(lowerUTF8(JSONExtractString(argMax(value, (timestamp, arrival)))), ${part}) > 0
  )`;
}

/**
 * People with a message at or before `now`, last seen first.
 * Errors: `invalid` at `cursor`.
 */
export async function listProfiles(
  eventStore: EventStore,
  now: number,
  input: ListProfilesInput,
): Promise<{ items: ProfileRow[]; nextCursor: string | null }> {
  const { userId, anonymousId, search, includeAnonymous = true, limit = 50, cursor } = input;
  const which = join(
    [
      sql`NOT bitmapContains(${deadPeople}, profile)`,
      includeAnonymous ? empty : sql`bitmapContains(${knownPeople}, profile)`,
      userId === undefined ? empty : idIs(sql`'user'`, userId),
      anonymousId === undefined ? empty : idIs(sql`'anonymous'`, anonymousId),
      search === undefined || search === "" ? empty : matches(search),
    ].filter((condition) => condition !== empty),
    sql` AND `,
  );
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const rows = await eventStore.query(
    sql`SELECT profile, toUnixTimestamp64Milli(first_at) AS firstAt, toUnixTimestamp64Milli(last_at) AS lastAt
    FROM ${activityAt(now, which)}
    ${after === undefined ? empty : sql`WHERE (last_at, toUInt64(profile)) < (${param.moment(after.moment)}, ${param.uint64(after.tie)})`}
    ORDER BY last_at DESC, profile DESC
    LIMIT ${param.uint32(limit + 1)}`,
    seenRow,
    { settings: { use_index_for_in_with_subqueries: 1 } },
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const people = await readPeople(
    eventStore,
    page.map(({ profile }) => profile),
    now,
  );
  const seen = new Map(page.map((row) => [profileId(row.profile), row]));
  return {
    items: people.flatMap((person) => {
      const row = seen.get(person.id);
      if (row === undefined) return [];
      return {
        ...person,
        firstSeen: new Date(row.firstAt).toISOString(),
        lastSeen: new Date(row.lastAt).toISOString(),
      };
    }),
    nextCursor:
      rows.length > limit && last !== undefined
        ? formatCursor({ moment: last.lastAt, tie: BigInt(last.profile) })
        : null,
  };
}
