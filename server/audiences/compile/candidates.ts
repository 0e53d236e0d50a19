import { param, type Sql, sql } from "@/server/event-store/sql";
import { number } from "./period-rows";
import { Sets } from "./sets";

/**
 * The set of every live person with at least one message at or before `now` (milliseconds since the epoch), without those
 * known only by an anonymousId unless they are included.
 */
export function candidates(now: number, includeAnonymous: boolean, sets: Sets): Sql {
  const { user, seen, dead } = standingSets(sets);
  const people = includeAnonymous ? seen : sets.and(seen, user);
  return sets.without(sets.without(people, dead), laterPeople(now, sets));
}

/** A scalar subquery of the bitmap of candidates, for statements of any kind. */
export function candidatesSubquery(now: number, includeAnonymous: boolean): Sql {
  const sets = new Sets();
  const people = candidates(now, includeAnonymous, sets);
  return sql`(${sets.select(people)})`;
}

/** What is kept at hand in people_sets: who has or had a userId, who was ever seen, and which numbers are dead. */
function standingSets(sets: Sets): Record<"user" | "seen" | "dead", Sql> {
  const user = sets.openLeaf("people:user");
  const seen = sets.openLeaf("people:seen");
  const dead = sets.openLeaf("people:dead");
  if (user.isNew) {
    sets.read(sql`SELECT multiIf(name = 'user', ${number(user.n)}, name = 'seen', ${number(seen.n)}, ${number(dead.n)}) AS n, people
      FROM people_sets WHERE name != 'anonymous'`);
  }
  return { user: user.name, seen: seen.name, dead: dead.name };
}

/**
 * The people whose first message lies after `now`: few, unless `now` lies well in the past. A person may have several rows
 * in profile_activity, and only the earliest counts.
 */
function laterPeople(now: number, sets: Sets): Sql {
  const moment = param.moment(now);
  const rows = sets.value(
    `rows later:${now}`,
    () => sql`(SELECT groupBitmapState(profile) FROM profile_activity WHERE first_at > ${moment})`,
  );
  // Where there are none, the condition is constant and nothing is read.
  return sets.leaf(`people later:${now}`, (n) => [
    sql`SELECT ${number(n)} AS n, groupBitmapState(profile) AS people FROM (
      SELECT profile FROM profile_activity WHERE bitmapCardinality(${rows}) > 0 AND bitmapContains(${rows}, profile)
      GROUP BY profile HAVING min(first_at) > ${moment}
    )`,
  ]);
}
