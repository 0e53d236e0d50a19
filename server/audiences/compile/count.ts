import type { EventNode } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { eventPredicate } from "./event";
import { windowPredicate } from "./window";

/** Subquery of the people with so many (1 or more) matching events in the window. */
export function peopleWithEvents(
  node: Omit<EventNode, "count">,
  op: "at_least" | "exactly",
  times: number,
  moment: Moment,
): Sql {
  const rows = sql`FROM messages WHERE ${eventPredicate(node, moment)} AND ${windowPredicate(node.window, moment)}`;
  if (op === "at_least" && times === 1) return sql`(SELECT groupBitmapState(profile) ${rows})`;
  const enough = op === "exactly" ? sql`count() = ${param.uint64(times)}` : sql`count() >= ${param.uint64(times)}`;
  return sql`(SELECT groupBitmapState(profile) FROM (SELECT profile ${rows} GROUP BY profile HAVING ${enough}))`;
}
