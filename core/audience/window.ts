import { durationMs } from "../duration";
import { AppError, assertNever } from "../errors";
import { anchorOf } from "./anchor";
import { calendarBounds } from "./calendar";
import { dateOf } from "./date";
import type { CommonWindow, EventWindow } from "./definition";
import type { Moment } from "./operators";
import type { Subject } from "./subject";

/** Moments in milliseconds since the epoch: from ≤ t < to. */
export interface TimeBounds {
  from: number;
  to: number;
}

/** The timestamps that a window holds for. Whether they lie after `now` is not its question. Throws for text that is no date. */
export function windowBounds(window: CommonWindow = { kind: "ever" }, moment: Moment): TimeBounds {
  const { now, timeZone } = moment;
  switch (window.kind) {
    case "ever":
      return { from: -Infinity, to: Infinity };
    case "last":
      return { from: now - durationMs(window), to: now + 1 };
    case "before_last":
      return { from: -Infinity, to: now - durationMs(window) };
    case "between_ago":
      return { from: now - durationMs(window.from), to: now - durationMs(window.to) };
    case "since":
      return { from: instantOf(window.at, timeZone), to: Infinity };
    case "before":
      return { from: -Infinity, to: instantOf(window.at, timeZone) };
    case "range":
      return { from: instantOf(window.from, timeZone), to: instantOf(window.to, timeZone) };
    case "calendar":
      return calendarBounds(window.period, moment);
    default:
      return assertNever(window);
  }
}

/** The timestamps that a window holds for with one person; undefined where they have no moment that it could start from. */
export function boundsOf(window: EventWindow | undefined, subject: Subject): TimeBounds | undefined {
  if (window?.kind !== "after") return windowBounds(window, subject.moment);
  const anchor = anchorOf(window.anchor, subject);
  // Timestamps are whole milliseconds, and the last one counts.
  return anchor === undefined ? undefined : { from: anchor, to: Math.floor(anchor + durationMs(window)) + 1 };
}

/** Whether a timestamp lies in some bounds; in none at all nothing does. */
export function isInside(bounds: TimeBounds | undefined, timestamp: number): boolean {
  return bounds !== undefined && bounds.from <= timestamp && timestamp < bounds.to;
}

/** Milliseconds since the epoch of an instant in a definition, which `validateDefinition` has found to be one. */
function instantOf(text: string, timeZone: string): number {
  const instant = dateOf(text, timeZone);
  if (instant === undefined) throw new AppError("invalid", `“${text}” is not a date`);
  return instant;
}
