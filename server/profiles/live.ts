import { empty, param, type Sql, sql } from "@/server/event-store/sql";

/** Bitmap of the numbers that were joined into others. No set of people may contain one of them. */
export const deadPeople: Sql = sql`(SELECT groupBitmapState(profile) FROM profile_merges)`;

/**
 * Bitmap of the people who have a userId, and of dead numbers that had one: a number loses its userId only by dying.
 */
export const knownPeople: Sql = sql`(SELECT groupBitmapMergeState(people) FROM identified_people WHERE kind = 'user')`;

/**
 * A scalar subquery of one bitmap (a state of groupBitmap over UInt32): every live person with at least one message at or
 * before `now` (milliseconds since the epoch), without those known only by an anonymousId unless they are included.
 * It is right whatever has been merged of profile_activity: a person's first message is at or before `now` when that of
 * some part is.
 */
export function candidates(now: number, includeAnonymous: boolean): Sql {
  const known = includeAnonymous ? empty : sql`bitmapAnd(${knownPeople}, `;
  const close = includeAnonymous ? empty : sql`)`;
  return sql`(SELECT bitmapAndnot(${known}groupBitmapState(profile)${close}, ${deadPeople}) FROM profile_activity WHERE first_at <= ${param.moment(now)})`;
}
