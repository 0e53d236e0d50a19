import { param, type Sql, sql } from "@/server/event-store/sql";

/** Bitmap of the numbers that were joined into others. No set of people may contain one of them. */
export const deadPeople: Sql = sql`(SELECT groupBitmapState(profile) FROM profile_merges)`;

/**
 * Bitmap of the people who have a userId, and of dead numbers that had one: a number loses its userId only by dying.
 */
export const knownPeople: Sql = sql`(SELECT groupBitmapMergeState(people) FROM people_sets WHERE name = 'user')`;

/** Bitmap of the people with a message, whatever its time. */
const seenPeople: Sql = sql`(SELECT groupBitmapMergeState(people) FROM people_sets WHERE name = 'seen')`;

/**
 * Bitmap of the people whose first message lies after `now`: few, unless `now` lies well in the past. A person may have
 * several rows in profile_activity, and only the earliest counts.
 */
function laterPeople(now: number): Sql {
  const later = sql`(SELECT groupBitmapState(profile) FROM profile_activity WHERE first_at > ${param.moment(now)})`;
  // Where there are none, the condition is constant and nothing is read.
  return sql`(WITH ${later} AS later SELECT groupBitmapState(profile) FROM (
    SELECT profile FROM profile_activity WHERE bitmapCardinality(later) > 0 AND bitmapContains(later, profile)
    GROUP BY profile HAVING min(first_at) > ${param.moment(now)}
  ))`;
}

/**
 * A scalar subquery of one bitmap (a state of groupBitmap over UInt32): every live person with at least one message at or
 * before `now` (milliseconds since the epoch), without those known only by an anonymousId unless they are included.
 */
export function candidates(now: number, includeAnonymous: boolean): Sql {
  const people = includeAnonymous ? seenPeople : sql`bitmapAnd(${seenPeople}, ${knownPeople})`;
  return sql`(SELECT bitmapAndnot(bitmapAndnot(${people}, ${deadPeople}), ${laterPeople(now)}))`;
}
