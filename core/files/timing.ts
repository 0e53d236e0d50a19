import * as z from "zod";
import { instantOfLocal, localOfInstant } from "../audience/zone";
import { assertNever } from "../errors";

/** From Monday on, as weeks begin everywhere here. */
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of the day such as 09:00");

/** When a file is made, by the clocks of the workspace's zone. */
export const fileTiming = z.discriminatedUnion("every", [
  z.strictObject({ every: z.literal("hour"), minute: z.int().min(0).max(59) }),
  z.strictObject({ every: z.literal("day"), at: clock }),
  z.strictObject({ every: z.literal("week"), on: z.enum(weekdays), at: clock }),
]);
export type FileTiming = z.infer<typeof fileTiming>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number) => (((day + 3) % 7) + 7) % 7;

/**
 * The first moment after `after` at which it is time; all in milliseconds since the epoch. A time of the day that the clocks skip counts as
 * if they had not moved yet, one that they show twice is the first, and an hour that comes twice is two hours.
 */
export function nextDue(timing: FileTiming, timeZone: string, after: number): number {
  return firstOf(timing, timeZone, after, 1);
}

/** The last moment until `until` at which it was time. */
export function lastDue(timing: FileTiming, timeZone: string, until: number): number {
  return firstOf(timing, timeZone, until, -1);
}

/** The nearest moment in a direction: later than `from`, or not later than it. */
function firstOf(timing: FileTiming, timeZone: string, from: number, direction: 1 | -1): number {
  const isThere = (at: number) => (direction === 1 ? at > from : at <= from);
  if (timing.every === "hour") {
    // Zones are off by whole minutes, and some change by half an hour.
    let at = Math.floor(from / minuteMs) * minuteMs;
    while (!isThere(at) || minuteOf(localOfInstant(at, timeZone)) !== timing.minute) at += direction * minuteMs;
    return at;
  }
  const today = Math.floor(localOfInstant(from, timeZone) / dayMs);
  for (let day = today - direction; ; day += direction) {
    if (timing.every === "week" && weekdays[weekdayOf(day)] !== timing.on) continue;
    const at = instantOfLocal(day * dayMs + ofDay(timing.at), timeZone);
    if (isThere(at)) return at;
  }
}

const minuteOf = (localMs: number) => Math.floor((((localMs % hourMs) + hourMs) % hourMs) / minuteMs);

function ofDay(at: string): number {
  const [hours = 0, minutes = 0] = at.split(":").map(Number);
  return hours * hourMs + minutes * minuteMs;
}

/** "every day at 09:00", within a sentence. */
export function timingWords(timing: FileTiming): string {
  switch (timing.every) {
    case "hour":
      return timing.minute === 0 ? "every hour on the hour" : `every hour at ${timing.minute} past`;
    case "day":
      return `every day at ${timing.at}`;
    case "week":
      return `every ${timing.on.charAt(0).toUpperCase()}${timing.on.slice(1)} at ${timing.at}`;
    default:
      return assertNever(timing);
  }
}
