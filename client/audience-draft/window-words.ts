import { dateOf } from "@/core/audience/date";
import type { EventCount, EventWindow } from "@/core/audience/definition";
import type { Duration } from "@/core/duration";
import { durationMs } from "@/core/duration";
import { assertNever } from "@/core/errors";
import { formatCount, formatDate, formatMinute, formatNoun } from "../format";
import { isAbsence } from "./draft";

export function durationWords({ amount, unit }: Duration): string {
  return formatNoun(amount, unit);
}

/** "more than 2 days ago", "in the last 14 days", "ever". */
export function windowWords(window: EventWindow, timeZone: string): string {
  switch (window.kind) {
    case "ever":
      return "ever";
    case "last":
      return `in the last ${durationWords(window)}`;
    case "before_last":
      return `more than ${durationWords(window)} ago`;
    case "between_ago":
      return window.from.unit === window.to.unit
        ? `between ${formatCount(window.from.amount)} and ${durationWords(window.to)} ago`
        : `between ${durationWords(window.from)} and ${durationWords(window.to)} ago`;
    case "since":
      return `since ${instantWords(window.at, timeZone)}`;
    case "before":
      return `before ${instantWords(window.at, timeZone)}`;
    case "range":
      return `from ${instantWords(window.from, timeZone)} to ${instantWords(window.to, timeZone)}`;
    default:
      return assertNever(window);
  }
}

/** A date of a definition in the zone, without a midnight's 00:00; text that is no date as it stands. */
export function instantWords(value: string | number, timeZone: string): string {
  const instant = dateOf(value, timeZone);
  if (instant === undefined) return String(value);
  const minute = formatMinute(instant, timeZone);
  return minute === "00:00" ? formatDate(instant, timeZone) : `${formatDate(instant, timeZone)} ${minute}`;
}

/** "at least 1 time"; for none at all "never". */
export function countWords(count: EventCount): string {
  if (isAbsence(count)) return "never";
  const op = { at_least: "at least", exactly: "exactly", at_most: "at most" }[count.op];
  return `${op} ${formatNoun(count.value, "time")}`;
}

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
