import type { EventWindow } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { type TimeBounds, windowBounds } from "@/core/audience/window";
import { durationMs } from "@/core/duration";
import { join, param, type Sql, sql } from "@/server/event-store/sql";

/** No stored message is older. */
export const earliestMessage = Date.UTC(1970, 0, 1);

/** What the engine's moments can hold; no stored message lies outside. */
export const earliest = Date.UTC(1900, 0, 1);
export const latest = Date.UTC(2299, 11, 31);

/**
 * Whether the timestamp of a row of `messages` lies in the window and not after `now`. A window after a moment of each
 * person's own asks for that moment in the row, as `joinAnchors` puts it there.
 */
export function windowPredicate(window: EventWindow | undefined, moment: Moment): Sql {
  if (window?.kind === "after") {
    const at = sql`toUnixTimestamp64Milli(timestamp)`;
    const inside = sql`${at} >= anchor AND ${at} <= anchor + ${param.int64(durationMs(window))}`;
    return sql`(${existsPredicate(moment)} AND ${inside})`;
  }
  const { from, to } = windowBounds(window, moment);
  return boundsPredicate({ from, to: Math.min(to, moment.now + 1) });
}

/** Whether a row of `messages` or `trait_changes` exists at `now`. */
export function existsPredicate({ now }: Moment): Sql {
  return boundsPredicate({ from: -Infinity, to: now + 1 });
}

/** Whether the timestamp of a row of `messages` or `trait_changes` lies in from ≤ t < to. */
export function boundsPredicate({ from, to }: TimeBounds): Sql {
  const bounds: Sql[] = [];
  // Timestamps are whole milliseconds; a bound may lie between two.
  if (from > latest || to <= earliest || from >= to) return sql`0`;
  if (from > earliest) bounds.push(sql`timestamp >= ${param.moment(Math.ceil(from))}`);
  if (to <= latest) bounds.push(sql`timestamp < ${param.moment(Math.ceil(to))}`);
  return bounds.length === 0 ? sql`1` : sql`(${join(bounds, sql` AND `)})`;
}
