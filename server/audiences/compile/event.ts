import type { EventMatch } from "@/core/audience/definition";
import { matchedTypes } from "@/core/audience/match-event";
import type { Moment } from "@/core/audience/operators";
import { join, param, type Sql, sql } from "@/server/event-store/sql";
import { filterPredicate } from "./filter";

/** Whether a row of `messages` is an event that matches, as `matchesEvent` of core/audience/match-event.ts says. */
export function eventPredicate(match: EventMatch, moment: Moment): Sql {
  const types = matchedTypes(match);
  const [only] = types;
  const type =
    types.length === 1 && only !== undefined
      ? sql`type = ${param.string(only)}`
      : sql`type IN (${join(types.map((name) => sql`${param.string(name)}`))})`;
  const name = match.event === undefined ? [] : [sql`event = ${param.string(match.event)}`];
  const where = (match.where ?? []).map((filter) => filterPredicate(filter, moment));
  return sql`(${join([type, ...name, ...where], sql` AND `)})`;
}
