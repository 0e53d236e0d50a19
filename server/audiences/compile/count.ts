import type { EventNode } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { eventRows } from "./event-rows";

/** Subquery of the people with so many (1 or more) matching events. */
export function peopleWithEvents(node: EventNode, op: "at_least" | "exactly", times: number, moment: Moment): Sql {
  const rows = sql`FROM ${eventRows(node, moment)}`;
  if (op === "at_least" && times === 1) return sql`(SELECT groupBitmapState(profile) ${rows})`;
  const enough = op === "exactly" ? sql`count() = ${param.uint64(times)}` : sql`count() >= ${param.uint64(times)}`;
  return sql`(SELECT groupBitmapState(profile) FROM (SELECT profile ${rows} GROUP BY profile HAVING ${enough}))`;
}
