import { dateOf } from "../audience/date";

/** The moments that can be stored: from the start of 1970 to the end of 2261. */
const earliest = 0;
const latest = Date.UTC(2262, 0, 1) - 1;

/**
 * Milliseconds since the epoch of a message's time: ISO 8601 text (without an offset: UTC; a date alone: its midnight),
 * or a number of seconds or milliseconds, also as text. Finer fractions are cut. Undefined when it is no such time, or
 * outside the years 1970 to 2261.
 */
export function parseMoment(value: unknown): number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const moment = dateOf(typeof value === "string" ? value.trim() : value, "UTC");
  if (moment === undefined || !(moment >= earliest && moment <= latest)) return undefined;
  return Math.floor(moment);
}
