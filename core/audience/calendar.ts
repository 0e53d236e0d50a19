import { assertNever } from "../errors";
import type { CalendarPeriod } from "./definition";
import type { Moment } from "./operators";
import { instantOfLocal, localOfInstant } from "./zone";

/** From the first of something until before the first that is no more of it. */
interface Span {
  from: number;
  to: number;
}

const dayMs = 86_400_000;

/** The calendar day of the zone on which an instant falls, in days since 1970-01-01. */
export function dayOf(instant: number, timeZone: string): number {
  return Math.floor(localOfInstant(instant, timeZone) / dayMs);
}

/** The period of the zone's calendar around `now`. A day may have 23 or 25 hours; weeks start on Monday. */
export function calendarBounds(period: CalendarPeriod, { now, timeZone }: Moment): Span {
  const { from, to } = daysOf(period, dayOf(now, timeZone));
  return { from: instantOfLocal(from * dayMs, timeZone), to: instantOfLocal(to * dayMs, timeZone) };
}

function daysOf(period: CalendarPeriod, today: number): Span {
  switch (period) {
    case "today":
      return { from: today, to: today + 1 };
    case "yesterday":
      return { from: today - 1, to: today };
    case "this_week":
      return { from: mondayOf(today), to: mondayOf(today) + 7 };
    case "last_week":
      return { from: mondayOf(today) - 7, to: mondayOf(today) };
    case "this_month":
      return { from: firstOfMonth(today, 0), to: firstOfMonth(today, 1) };
    case "last_month":
      return { from: firstOfMonth(today, -1), to: firstOfMonth(today, 0) };
    default:
      return assertNever(period);
  }
}

/** The Monday of a day's week, in days since 1970-01-01, which was a Thursday, three days after a Monday. */
export function mondayOf(day: number): number {
  return Math.floor((day + 3) / 7) * 7 - 3;
}

function firstOfMonth(day: number, monthsLater: number): number {
  const date = new Date(day * dayMs);
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + monthsLater);
  return date.getTime() / dayMs;
}
