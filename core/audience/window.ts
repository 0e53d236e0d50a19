import { durationMs } from "../duration";
import { AppError, assertNever } from "../errors";
import { dateOf } from "./date";
import type { EventWindow } from "./definition";
import type { Moment } from "./operators";

/** Moments in milliseconds since the epoch: from ≤ t < to. */
export interface TimeBounds {
  from: number;
  to: number;
}

/** The timestamps that a window holds for. Whether they lie after `now` is not its question. Throws for text that is no date. */
export function windowBounds(window: EventWindow = { kind: "ever" }, { now, timeZone }: Moment): TimeBounds {
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
    default:
      return assertNever(window);
  }
}

/** Milliseconds since the epoch of an instant in a definition, which `validateDefinition` has found to be one. */
function instantOf(text: string, timeZone: string): number {
  const instant = dateOf(text, timeZone);
  if (instant === undefined) throw new AppError("invalid", `“${text}” is not a date`);
  return instant;
}
