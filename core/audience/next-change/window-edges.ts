import { durationMs } from "../../duration";
import { assertNever } from "../../errors";
import { dayOf } from "../calendar";
import type { CalendarPeriod, EventWindow } from "../definition";
import { instantOfLocal, zoneOffsets } from "../zone";

const dayMs = 86_400_000;

/** Moments around which an event of a timestamp enters or leaves a window. There may be more than there are such moments. */
export function windowEdges(window: EventWindow | undefined, timestamp: number, timeZone: string): number[] {
  switch (window?.kind) {
    case undefined:
    case "ever":
    case "since":
    case "before":
    case "range":
    case "after":
      return [];
    case "last":
    case "before_last":
      return [timestamp + durationMs(window)];
    case "between_ago":
      return [timestamp + durationMs(window.from), timestamp + durationMs(window.to)];
    case "calendar":
      return calendarEdges(window.period, timestamp, timeZone);
    default:
      return assertNever(window);
  }
}

/** The midnights at which the period of a timestamp becomes the last one, and is over. */
function calendarEdges(period: CalendarPeriod, timestamp: number, timeZone: string): number[] {
  const day = dayOf(timestamp, timeZone);
  return turnsOf(period, day).flatMap((turn) => midnights(turn, timeZone));
}

/** In days since 1970-01-01. */
function turnsOf(period: CalendarPeriod, day: number): number[] {
  switch (period) {
    case "today":
    case "yesterday":
      return [day, day + 1, day + 2];
    case "this_week":
    case "last_week": {
      const monday = day - ((((day + 3) % 7) + 7) % 7);
      return [monday, monday + 7, monday + 14];
    }
    case "this_month":
    case "last_month": {
      const date = new Date(day * dayMs);
      const monthStart = (later: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1) / dayMs;
      return [monthStart(0), monthStart(1), monthStart(2)];
    }
    default:
      return assertNever(period);
  }
}

/** When the clocks show a day's midnight: more than once, or never, where they are moved around it. */
function midnights(day: number, timeZone: string): number[] {
  const local = day * dayMs;
  const near = zoneOffsets(timeZone).filter(({ fromLocalMs }) => Math.abs(fromLocalMs - local) < 2 * dayMs);
  return [instantOfLocal(local, timeZone), ...near.flatMap(({ fromMs, offsetMs }) => [fromMs, local - offsetMs])];
}
