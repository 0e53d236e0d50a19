import type { EventNode } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { param, sql } from "@/server/event-store/sql";
import { asksOnlyWhen, peopleWhoDid } from "./did";
import { eventRows } from "./event-rows";
import { asksOnlyWhenPicked, peopleWhoFirstOrLastDid } from "./occurrence";
import { statePeople } from "./set-reader";
import { leafOf, type PeopleSet } from "./sets";

/** The set of the people with so many (1 or more) matching events. */
export function peopleWithEvents(
  node: EventNode,
  op: "at_least" | "exactly",
  times: number,
  moment: Moment,
): PeopleSet {
  if (op === "at_least" && times === 1 && asksOnlyWhen(node)) return peopleWhoDid(node, moment);
  if (times === 1 && asksOnlyWhenPicked(node)) return peopleWhoFirstOrLastDid(node, moment);
  return leafOf(`event:${op}:${times}:${moment.now}:${JSON.stringify(node)}`, () => {
    const rows = sql`FROM ${eventRows(node, moment)}`;
    if (op === "at_least" && times === 1) return sql`SELECT ${statePeople} ${rows}`;
    const enough = op === "exactly" ? sql`count() = ${param.uint64(times)}` : sql`count() >= ${param.uint64(times)}`;
    return sql`SELECT ${statePeople} FROM (SELECT profile ${rows} GROUP BY profile HAVING ${enough})`;
  });
}
