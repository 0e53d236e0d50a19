import type { JsonValue } from "../event/message";
import { numberOf } from "./value";
import { instantOfLocal } from "./zone";

/** Numbers below this are seconds since the epoch, the others milliseconds. */
const firstMillisecondsNumber = 1e11;

const isoDate =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * The moment that a value names, in milliseconds since the epoch: ISO 8601 text (without an offset in the zone, a date
 * alone is its midnight there), or a number of seconds or milliseconds, also as text. Undefined for anything else, days
 * that no calendar has among it. Fractions finer than a millisecond are cut off.
 */
export function dateOf(value: JsonValue, timeZone: string): number | undefined {
  const number = numberOf(value);
  if (number !== undefined) return number < firstMillisecondsNumber ? number * 1000 : number;
  return typeof value === "string" ? isoDateOf(value, timeZone) : undefined;
}

function isoDateOf(text: string, timeZone: string): number | undefined {
  const parts = isoDate.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", offset] = parts;
  const midnight = midnightOf(Number(year), Number(month), Number(day));
  if (midnight === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const local = midnight + seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0"));
  if (offset === undefined) return instantOfLocal(local, timeZone);
  const offsetMs = offsetMsOf(offset);
  return offsetMs === undefined ? undefined : local - offsetMs;
}

function midnightOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

function offsetMsOf(offset: string): number | undefined {
  if (offset === "Z" || offset === "z") return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(":", "") || "0");
  if (hours > 23 || minutes > 59) return undefined;
  return (hours * 60 + minutes) * 60_000 * (offset.startsWith("-") ? -1 : 1);
}
