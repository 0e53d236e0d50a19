import type { EventWindow, WindowAnchor } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { empty, type Sql, sql } from "@/server/event-store/sql";
import { dateOf } from "./date-value";
import { eventPredicate } from "./event";
import { elementsOf } from "./json-value";
import { traitRelation } from "./trait-relation";
import { existsPredicate } from "./window";

/** Joins to rows with a `profile` the moment from which a window starts, as `anchor`; rows of people who have none go. */
export function joinAnchors(window: EventWindow | undefined, moment: Moment): Sql {
  return window?.kind === "after"
    ? sql` INNER JOIN (${anchorRows(window.anchor, moment)}) AS anchors USING profile`
    : empty;
}

/** Rows of profile and `anchor`, as `anchorOf` of core/audience/anchor.ts has it: milliseconds since the epoch as Float64. */
function anchorRows(anchor: WindowAnchor, moment: Moment): Sql {
  if (anchor !== "first_seen" && "trait" in anchor) return traitAnchors(anchor.trait, moment);
  const match = anchor === "first_seen" ? {} : anchor;
  return sql`SELECT profile, toFloat64(toUnixTimestamp64Milli(min(timestamp))) AS anchor FROM messages
    WHERE ${eventPredicate(match, moment)} AND ${existsPredicate(moment)} GROUP BY profile`;
}

/** The earliest date among a trait's values. */
function traitAnchors(trait: string, moment: Moment): Sql {
  const { rows, located } = traitRelation(trait, moment);
  const dates = sql`arrayMap(element -> ${dateOf(sql`element`, moment.timeZone)}, ${elementsOf(located)})`;
  return sql`SELECT profile, arrayMin(dates) AS anchor FROM (
    SELECT profile, arrayFilter(date -> NOT isNaN(date), ${dates}) AS dates FROM (${rows})
  ) WHERE notEmpty(dates)`;
}
