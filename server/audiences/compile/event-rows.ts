import type { EventNode } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { assertNever } from "@/core/errors";
import { join, type Sql, sql } from "@/server/event-store/sql";
import { joinAnchors } from "./anchor";
import { eventPredicate } from "./event";
import { filterPredicate } from "./filter";
import { order } from "./trait-relation";
import { existsPredicate, windowPredicate } from "./window";

/**
 * The events that a condition counts or aggregates over, as `matchingEvents` of core/audience/event-node.ts finds them:
 * what stands behind FROM, with the profile, timestamp, properties and context of each.
 */
export function eventRows(node: EventNode, moment: Moment): Sql {
  const { occurrence = "any", window } = node;
  const anchors = joinAnchors(window, moment);
  const inWindow = windowPredicate(window, moment);
  switch (occurrence) {
    case "any":
      return sql`messages${anchors} WHERE ${eventPredicate(node, moment)} AND ${inWindow}`;
    case "first":
    case "last": {
      const { where = [], ...named } = node;
      return sql`${pickedRows(named, occurrence, moment)}${anchors} WHERE ${every([inWindow, ...where.map(fits)])}`;
    }
    case "first_matching":
    case "last_matching": {
      const picked = pickedRows(node, occurrence === "first_matching" ? "first" : "last", moment);
      return sql`${picked}${anchors} WHERE ${every([inWindow, ...(node.then ?? []).map(fits)])}`;
    }
    default:
      return assertNever(occurrence);
  }

  function fits(filter: Parameters<typeof filterPredicate>[0]): Sql {
    return filterPredicate(filter, moment);
  }
}

function every(predicates: readonly Sql[]): Sql {
  return sql`(${join(predicates, sql` AND `)})`;
}

/** Of each person the first or last event by Order. */
function pickedRows(match: EventNode, which: "first" | "last", moment: Moment): Sql {
  const pick = (column: Sql) =>
    which === "first" ? sql`argMin(${column}, ${order})` : sql`argMax(${column}, ${order})`;
  return sql`(
    SELECT profile, picked_at AS timestamp, picked_properties AS properties, picked_context AS context FROM (
      SELECT profile, ${pick(sql`timestamp`)} AS picked_at, ${pick(sql`properties`)} AS picked_properties,
        ${pick(sql`context`)} AS picked_context
      FROM messages WHERE ${eventPredicate(match, moment)} AND ${existsPredicate(moment)} GROUP BY profile
    )) AS picked`;
}
