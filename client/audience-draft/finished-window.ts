import { dateOf } from "@/core/audience/date";
import { type Duration, durationMs } from "@/core/duration";
import { assertNever } from "@/core/errors";
import type { DraftWindow } from "./draft-window";

/** Whether everything in a window that has no anchor is entered and in the right order. */
export function isWindowFinished(window: Exclude<DraftWindow, { kind: "after" }>): boolean {
  switch (window.kind) {
    case "ever":
    case "calendar":
      return true;
    case "last":
    case "before_last":
      return isLength(window);
    case "between_ago":
      return isLength(window.from) && isLength(window.to) && durationMs(window.from) > durationMs(window.to);
    case "since":
    case "before":
      return isDate(window.at);
    case "range":
      return isDate(window.from) && isDate(window.to) && window.from !== window.to;
    default:
      return assertNever(window);
  }
}

export function isLength({ amount }: Duration): boolean {
  return Number.isInteger(amount) && amount > 0 && amount <= 100_000_000;
}

export function isDate(value: string | number): boolean {
  return dateOf(value, "UTC") !== undefined;
}
