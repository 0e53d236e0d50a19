import { dateOf } from "@/core/audience/date";
import { instantWords } from "@/core/audience/describe/instant-words";
import { durationWords } from "@/core/audience/describe/number-words";
import type { FunnelDefinition } from "@/core/funnel/definition";
import { formatDay } from "../format";

/** "within 14 days", "with no time limit". */
export function windowLimitWords(window: FunnelDefinition["window"]): string {
  return window ? `within ${durationWords(window)}` : "with no time limit";
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** "any time", "25 Oct – 23 Nov": of whole days the last one is named, for the range ends before `to`. */
export function rangeWords(range: FunnelDefinition["range"], timeZone: string): string {
  if (!range) return "any time";
  const { from, to } = range;
  if (!day.test(from) || !day.test(to)) return `${instantWords(from, timeZone)} – ${instantWords(to, timeZone)}`;
  const last = dayAfter(to, -1);
  const withYear = (text: string) => `${formatDay(text)} ${text.slice(0, 4)}`;
  if (from === last) return withYear(from);
  return from.slice(0, 4) === last.slice(0, 4)
    ? `${formatDay(from)} – ${withYear(last)}`
    : `${withYear(from)} – ${withYear(last)}`;
}

/** The day so many days after one, both as 2026-11-23. */
export function dayAfter(day: string, days = 1): string {
  return new Date((dateOf(day, "UTC") ?? 0) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Days between two days, both as 2026-11-23. */
export function daysBetween(from: string, to: string): number {
  return Math.round(((dateOf(to, "UTC") ?? 0) - (dateOf(from, "UTC") ?? 0)) / 86_400_000);
}
