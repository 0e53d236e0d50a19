import { type Sql, sql } from "@/server/event-store/sql";

/** Bitmap of the numbers that were joined into others. No set of people may contain one of them. */
export const deadPeople: Sql = sql`(SELECT groupBitmapMergeState(people) FROM people_sets WHERE name = 'dead')`;

/**
 * Bitmap of the people who have a userId, and of dead numbers that had one: a number loses its userId only by dying.
 */
export const knownPeople: Sql = sql`(SELECT groupBitmapMergeState(people) FROM people_sets WHERE name = 'user')`;
