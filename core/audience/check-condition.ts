import { type Duration, durationMs } from "../duration";
import { AppError, assertNever } from "../errors";
import { dateOf } from "./date";
import type { EventMatch, EventWindow, WindowAnchor } from "./definition";
import type { Comparison } from "./filter";

/** Throws `invalid` for a filter that is compared with text that is no date. */
export function checkWhere({ where = [] }: EventMatch, path: string, timeZone: string): void {
  for (const [index, filter] of where.entries()) checkOperand(filter, `${path}.where[${index}].value`, timeZone);
}

/** Throws `invalid` for a window that nothing could fall in, and for text that is no date. */
export function checkWindow(window: EventWindow | undefined, path: string, timeZone: string): void {
  if (!window) return;
  switch (window.kind) {
    case "ever":
    case "last":
    case "before_last":
    case "calendar":
      return;
    case "between_ago":
      if (!isLonger(window.from, window.to)) {
        throw invalid("“from” must be longer ago than “to”.", `${path}.from`);
      }
      return;
    case "since":
    case "before":
      dateAt(window.at, `${path}.at`, timeZone);
      return;
    case "range":
      if (dateAt(window.from, `${path}.from`, timeZone) >= dateAt(window.to, `${path}.to`, timeZone)) {
        throw invalid("“to” must be later than “from”.", `${path}.to`);
      }
      return;
    case "after":
      checkAnchor(window.anchor, `${path}.anchor`, timeZone);
      return;
    default:
      assertNever(window);
  }
}

function checkAnchor(anchor: WindowAnchor, path: string, timeZone: string): void {
  if (anchor === "first_seen") return;
  if (!("trait" in anchor)) checkWhere(anchor, path, timeZone);
  else if (anchor.trait === "$user_id" || anchor.trait === "$anonymous_id") {
    throw invalid(`“${anchor.trait}” is no date that a window could start from.`, `${path}.trait`);
  }
}

/** Throws `invalid` for a date that is none. */
export function checkOperand(comparison: Comparison, path: string, timeZone: string): void {
  if (comparison.op === "before" || comparison.op === "after") dateAt(comparison.value, path, timeZone);
}

function isLonger(one: Duration, other: Duration): boolean {
  return durationMs(one) > durationMs(other);
}

function dateAt(value: string | number, path: string, timeZone: string): number {
  const date = dateOf(value, timeZone);
  if (date === undefined) {
    throw invalid(`“${value}” is not a date. Write it as 2026-11-23 or 2026-11-23T14:30:00Z.`, path);
  }
  return date;
}

export function invalid(message: string, path: string): AppError {
  return new AppError("invalid", message, path);
}
