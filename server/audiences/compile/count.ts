import type { EventNode } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { asksOnlyWhen, peopleWhoDid } from "./did";
import { eventRows } from "./event-rows";
import { asksOnlyWhenPicked, peopleWhoFirstOrLastDid } from "./occurrence";
import { number } from "./period-rows";
import type { Sets } from "./sets";

/** The set of the people with so many (1 or more) matching events. */
export function peopleWithEvents(
  node: EventNode,
  op: "at_least" | "exactly",
  times: number,
  moment: Moment,
  sets: Sets,
): Sql {
  if (op === "at_least" && times === 1 && asksOnlyWhen(node)) return peopleWhoDid(node, moment, sets);
  if (times === 1 && asksOnlyWhenPicked(node)) return peopleWhoFirstOrLastDid(node, moment, sets);
  return sets.leaf(`event:${op}:${times}:${JSON.stringify(node)}`, (n) => {
    const rows = sql`FROM ${eventRows(node, moment)}`;
    const people = sql`SELECT ${number(n)} AS n, groupBitmapState(profile) AS people`;
    if (op === "at_least" && times === 1) return [sql`${people} ${rows}`];
    const enough = op === "exactly" ? sql`count() = ${param.uint64(times)}` : sql`count() >= ${param.uint64(times)}`;
    return [sql`${people} FROM (SELECT profile ${rows} GROUP BY profile HAVING ${enough})`];
  });
}
