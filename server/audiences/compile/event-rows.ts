import type { EventNode } from "@/core/audience/definition";
import type { EventFilter } from "@/core/audience/filter";
import type { Moment } from "@/core/audience/operators";
import { assertNever } from "@/core/errors";
import { empty, join, type Sql, sql } from "@/server/event-store/sql";
import { joinAnchors } from "./anchor";
import { eventPredicate } from "./event";
import { copiedFilterPredicate, splitFilter } from "./filter";
import { order } from "./trait-relation";
import { existsPredicate, windowPredicate } from "./window";

/**
 * The events that a condition counts or aggregates over, as `matchingEvents` of core/audience/event-node.ts finds them:
 * what stands behind FROM, with the profile, timestamp, properties and context of each as far as they are asked for.
 */
export function eventRows(node: EventNode, moment: Moment): Sql {
  const { occurrence = "any", window, where = [], then = [] } = node;
  const anchors = joinAnchors(window, moment);
  const inWindow = windowPredicate(window, moment);
  switch (occurrence) {
    case "any":
      return sql`messages${anchors} WHERE ${eventPredicate(node, moment)} AND ${inWindow}`;
    case "first":
    case "last": {
      const { where: _, ...named } = node;
      return picked(named, occurrence, where);
    }
    case "first_matching":
      return picked(node, "first", then);
    case "last_matching":
      return picked(node, "last", then);
    default:
      return assertNever(occurrence);
  }

  function picked(among: EventNode, which: "first" | "last", test: readonly EventFilter[]): Sql {
    const fits = [inWindow, ...test.map((filter) => copiedFilterPredicate(filter, moment))];
    const columns = [
      ...(node.aggregate || test.some((filter) => "property" in filter) ? [sql`properties`] : []),
      ...(test.some((filter) => "context" in filter) ? [sql`context`] : []),
    ];
    return sql`${pickedRows(among, which, columns, moment)}${anchors} WHERE ${join(fits, sql` AND `)}`;
  }
}

/** The same events with nothing but the `profile` of each, for those who only count them. */
export function countedRows(node: EventNode, moment: Moment): Sql {
  const { occurrence = "any", window, where = [], ...named } = node;
  const filters = where.map((filter) => splitFilter(filter, moment)).filter((split) => split !== undefined);
  if (occurrence !== "any" || where.length === 0 || filters.length < where.length) return eventRows(node, moment);
  const rows = sql`SELECT profile FROM messages${joinAnchors(window, moment)}
    WHERE ${eventPredicate(named, moment)} AND ${windowPredicate(window, moment)}`;
  const flat = filters.map((filter) => filter.flat);
  const others = filters.map((filter) => filter.others);
  return sql`(${rows} AND is_flat AND ${join(flat, sql` AND `)}
    UNION ALL ${rows} AND NOT is_flat AND ${join(others, sql` AND `)})`;
}

/** Of each person the first or last event by Order. */
function pickedRows(match: EventNode, which: "first" | "last", columns: readonly Sql[], moment: Moment): Sql {
  const [least, arg] = which === "first" ? [sql`min`, sql`argMin`] : [sql`max`, sql`argMax`];
  const picks = columns.map((column) => sql`, ${arg}(${column}, ${order}) AS picked_${column}`);
  const names = columns.map((column) => sql`, picked_${column} AS ${column}`);
  return sql`(
    SELECT profile, picked_at AS timestamp${join(names, empty)} FROM (
      SELECT profile, ${least}(timestamp) AS picked_at${join(picks, empty)}
      FROM messages WHERE ${eventPredicate(match, moment)} AND ${existsPredicate(moment)} GROUP BY profile
    )) AS picked`;
}
