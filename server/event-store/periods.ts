import { type Sql, sql } from "./sql";

/**
 * The spans of `event_periods`, as numbers: a day in days since 1970, a month as a million and the months since 1970, all of
 * UTC (migrations/0003_events_by_period.sql).
 */
const dayMs = 86_400_000;
const firstMonth = 1_000_000;

/** The day that a moment in milliseconds since the epoch lies in. */
export function dayOf(moment: number): number {
  return Math.floor(moment / dayMs);
}

/** The first moment of a day. */
export function startOfDay(day: number): number {
  return day * dayMs;
}

/** The month that a day lies in. */
export function monthOf(day: number): number {
  const date = new Date(startOfDay(day));
  return firstMonth + 12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth();
}

/** The first day of a month. */
export function firstDayOf(month: number): number {
  return dayOf(Date.UTC(1970, month - firstMonth));
}

/** Both periods of a row with a `timestamp`, a row for each. */
export const periodsOfRow: Sql = sql`arrayJoin([toInt32(toDate32(timestamp)),
  toInt32(1000000 + 12 * (toYear(timestamp) - 1970) + toMonth(timestamp) - 1)])`;
