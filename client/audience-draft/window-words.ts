import { dateOf } from "@/core/audience/date";
import type { EventWindow } from "@/core/audience/definition";
import type { Duration } from "@/core/duration";
import { durationMs } from "@/core/duration";
import { assertNever } from "@/core/errors";

/** Whether everything in a window is entered and in the right order. */
export function isWindowFinished(window: EventWindow): boolean {
  switch (window.kind) {
    case "ever":
      return true;
    case "last":
    case "before_last":
      return isDuration(window);
    case "between_ago":
      return isDuration(window.from) && isDuration(window.to) && durationMs(window.from) > durationMs(window.to);
    case "since":
    case "before":
      return isDate(window.at);
    case "range":
      return isDate(window.from) && isDate(window.to) && window.from !== window.to;
    default:
      return assertNever(window);
  }
}

function isDuration({ amount }: Duration): boolean {
  return Number.isInteger(amount) && amount > 0 && amount <= 100_000_000;
}

export function isDate(value: string | number): boolean {
  return dateOf(value, "UTC") !== undefined;
}
