import { Temporal } from "temporal-polyfill";

/** From when on a zone has which offset from UTC; all in milliseconds. */
interface ZoneOffset {
  fromMs: number;
  /** The local wall-clock time of the change, as if it were UTC: the later one of before and after. */
  fromLocalMs: number;
  offsetMs: number;
}

const firstYear = 1900;
const lastYear = 2100;
const beginning = -8e15;
const known = new Map<string, readonly ZoneOffset[]>();

/**
 * The offsets of a zone, earliest first, between 1900 and 2100; before and after, the nearest one holds.
 * A local time that the clocks skipped reads as if they had not moved yet; one that they showed twice is the first.
 * The compiler hands the same table to the engine, whose own zone data may be of another year.
 * Throws a RangeError for a name that is no time zone.
 */
export function zoneOffsets(timeZone: string): readonly ZoneOffset[] {
  const found = known.get(timeZone);
  if (found) return found;
  const end = Date.UTC(lastYear, 0, 1);
  const start = Temporal.Instant.fromEpochMilliseconds(Date.UTC(firstYear, 0, 1)).toZonedDateTimeISO(timeZone);
  let before = start.offsetNanoseconds / 1e6;
  const offsets: ZoneOffset[] = [{ fromMs: beginning, fromLocalMs: beginning, offsetMs: before }];
  let transition = start.getTimeZoneTransition("next");
  while (transition && transition.epochMilliseconds < end) {
    const fromMs = transition.epochMilliseconds;
    const offsetMs = transition.offsetNanoseconds / 1e6;
    offsets.push({ fromMs, fromLocalMs: fromMs + Math.max(before, offsetMs), offsetMs });
    before = offsetMs;
    transition = transition.getTimeZoneTransition("next");
  }
  known.set(timeZone, offsets);
  return offsets;
}

/** The instant at which the clocks of a zone first show a local time; both in milliseconds. */
export function instantOfLocal(localMs: number, timeZone: string): number {
  const holds = zoneOffsets(timeZone).findLast((offset) => offset.fromLocalMs <= localMs);
  return localMs - (holds?.offsetMs ?? 0);
}

/** What the clocks of a zone show at an instant; both in milliseconds. */
export function localOfInstant(instant: number, timeZone: string): number {
  const holds = zoneOffsets(timeZone).findLast((offset) => offset.fromMs <= instant);
  return instant + (holds?.offsetMs ?? 0);
}
