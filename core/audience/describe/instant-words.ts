import { dateOf } from "../date";
import { numberWords } from "./number-words";
import type { Phrase } from "./phrase";

/** How far from 1970 a Date can be, in milliseconds (ECMAScript, "Time Values and Time Range"). */
const furthest = 8.64e15;
const averageYear = 365.2425 * 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const found = formats.get(timeZone);
  if (found) return found;
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
  });
  formats.set(timeZone, format);
  return format;
}

/**
 * A moment in the zone with no more digits than it has: Sat 21 Nov 2026, Sat 21 Nov 2026 14:32, … 14:32:07, … 14:32:07.250.
 * Where durations lead past what a Date can be, the year alone.
 */
export function momentWords(instant: number, timeZone: string): string {
  if (Math.abs(instant) > furthest) {
    const year = 1970 + Math.floor(instant / averageYear);
    return year > 0 ? `the year ${numberWords(year)}` : `the year ${numberWords(1 - year)} BC`;
  }
  const parts = new Map(
    formatIn(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  const date = `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}`;
  const minute = `${part("hour")}:${part("minute")}`;
  const second = part("second");
  const fraction = part("fractionalSecond");
  if (fraction !== "000") return `${date} ${minute}:${second}.${fraction}`;
  if (second !== "00") return `${date} ${minute}:${second}`;
  return minute === "00:00" ? date : `${date} ${minute}`;
}

/** A date of a definition in the zone; text that is no date as it stands. */
export function instantWords(value: string | number, timeZone: string): string {
  const instant = dateOf(value, timeZone);
  return instant === undefined || Math.abs(instant) > furthest ? String(value) : momentWords(instant, timeZone);
}

export function instantPhrase(value: string | number, timeZone: string): Phrase {
  return { role: "moment", text: instantWords(value, timeZone), exact: JSON.stringify(value) };
}
