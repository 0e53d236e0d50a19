import * as z from "zod";
import type { AccountPerson } from "@/core/api/accounts";
import type { Profile } from "@/core/api/profiles";
import { order } from "@/server/audiences/compile/trait-relation";
import type { EventStore } from "@/server/event-store/event-store";
import { empty, param, type Sql, sql } from "@/server/event-store/sql";
import { activityAt } from "@/server/profiles/activity";
import { formatCursor, parseCursor } from "@/server/profiles/cursor";
import { deadPeople } from "@/server/profiles/live";
import { readPeople } from "@/server/profiles/people";
import { profileId } from "@/server/profiles/profile-id";
import { nameOf } from "./accounts";

/** The live numbers of whoever belongs to an account at `now`, as a subquery. */
export function peopleOfAccount(account: string, now: number): Sql {
  return sql`(SELECT profile FROM account_people WHERE account = ${param.string(account)}
    AND timestamp <= ${param.moment(now)} AND NOT bitmapContains(${deadPeople}, profile))`;
}

const memberRow = z.strictObject({ profile: z.int(), at: z.int() });
const seenRow = z.strictObject({ profile: z.int(), firstSeen: z.string(), lastSeen: z.string() });

/** Who belongs to an account at `now`, by since when. Errors: `invalid` at `cursor`. */
export async function listAccountPeople(
  eventStore: EventStore,
  account: string,
  now: number,
  { limit = 50, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: AccountPerson[]; nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : parseCursor(cursor);
  const later =
    after === undefined
      ? empty
      : sql`WHERE (at, toUInt64(profile)) > (${param.int64(after.moment)}, ${param.uint64(after.tie)})`;
  const rows = await eventStore.query(
    sql`SELECT profile, at FROM (
      SELECT profile, toUnixTimestamp64Milli(min(timestamp)) AS at FROM account_people
      WHERE account = ${param.string(account)} AND profile IN ${peopleOfAccount(account, now)} GROUP BY profile
    ) ${later} ORDER BY at, profile LIMIT ${param.uint32(limit + 1)}`,
    memberRow,
  );
  const page = rows.slice(0, limit);
  const numbers = page.map(({ profile }) => profile);
  const [people, seen] = await Promise.all([
    readPeople(eventStore, numbers, now),
    eventStore.query(
      sql`SELECT profile, first_at AS firstSeen, last_at AS lastSeen FROM ${activityAt(now, sql`profile IN ${param.uint32s(numbers)}`)}`,
      seenRow,
      { settings: { use_index_for_in_with_subqueries: 1 } },
    ),
  ]);
  const members = new Map(page.map((member) => [profileId(member.profile), member]));
  const bounds = new Map(seen.map(({ profile, ...of }) => [profileId(profile), of]));
  const last = page.at(-1);
  return {
    items: people.flatMap((person) => {
      const [member, of] = [members.get(person.id), bounds.get(person.id)];
      return member && of ? [{ ...person, ...of, since: new Date(member.at).toISOString() }] : [];
    }),
    nextCursor: rows.length > limit && last ? formatCursor({ moment: last.at, tie: BigInt(last.profile) }) : null,
  };
}

const membershipRow = z.strictObject({ account: z.string(), since: z.string(), name: z.string() });

/** The accounts that a live number belongs to at `now`, the latest first. */
export async function accountsOf(eventStore: EventStore, profile: number, now: number): Promise<Profile["accounts"]> {
  const until = sql`timestamp <= ${param.moment(now)}`;
  const own = sql`profile = ${param.uint32(profile)} AND profile_accounts.${until}`;
  const rows = await eventStore.query(
    sql`SELECT account, belongs.since AS since, named.value AS name
    FROM (SELECT account, min(profile_accounts.timestamp) AS since FROM profile_accounts WHERE ${own} GROUP BY account) AS belongs
    LEFT JOIN (
      SELECT account, argMax(value, ${order}) AS value FROM account_traits
      WHERE trait = 'name' AND account IN (SELECT account FROM profile_accounts WHERE ${own}) AND ${until} GROUP BY account
    ) AS named USING account
    ORDER BY since DESC, account`,
    membershipRow,
  );
  return rows.map(({ account, since, name }) => ({ id: account, name: nameOf(name), since }));
}
