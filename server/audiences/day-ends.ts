import { Temporal } from "temporal-polyfill";

export interface DayEnd {
  /** Milliseconds since the epoch: the last one of the day, or `now` in the day that is under way. */
  at: number;
  /** 2026-11-23, in the zone. */
  day: string;
}

/** `now`, and before it the ends of so many days in the zone, latest first. A day that the clocks change is as long as it is. */
export function dayEnds(now: number, timeZone: string, days: number): DayEnd[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const ends = Array.from({ length: days }, (_, index): DayEnd => {
    const next = today.subtract({ days: index });
    return {
      at: next.toZonedDateTime(timeZone).epochMilliseconds - 1,
      day: next.subtract({ days: 1 }).toString(),
    };
  });
  return [{ at: now, day: today.toString() }, ...ends];
}
