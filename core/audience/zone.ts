import { Temporal } from "temporal-polyfill";

/** From which local wall-clock time on (as if it were UTC, in milliseconds) a zone has which offset from UTC. */
export interface LocalOffset {
  fromLocalMs: number;
  offsetMs: number;
}

const firstYear = 1900;
const lastYear = 2100;
const known = new Map<string, readonly LocalOffset[]>();

/**
 * The offsets of a zone by local time, earliest first, between 1900 and 2100; before and after, the nearest one holds.
 * A local time that the clocks skipped reads as if they had not moved yet; one that they showed twice is the first.
 * The compiler hands the same table to the engine, whose own zone data may be of another year.
 * Throws a RangeError for a name that is no time zone.
 */
export function localOffsets(timeZone: string): readonly LocalOffset[] {
  const found = known.get(timeZone);
  if (found) return found;
  const end = Date.UTC(lastYear, 0, 1);
  const start = Temporal.Instant.fromEpochMilliseconds(Date.UTC(firstYear, 0, 1)).toZonedDateTimeISO(timeZone);
  const offsets: LocalOffset[] = [{ fromLocalMs: -8e15, offsetMs: start.offsetNanoseconds / 1e6 }];
  let before = start.offsetNanoseconds / 1e6;
  let transition = start.getTimeZoneTransition("next");
  while (transition && transition.epochMilliseconds < end) {
    const after = transition.offsetNanoseconds / 1e6;
    offsets.push({ fromLocalMs: transition.epochMilliseconds + Math.max(before, after), offsetMs: after });
    before = after;
    transition = transition.getTimeZoneTransition("next");
  }
  known.set(timeZone, offsets);
  return offsets;
}

/** The instant at which the clocks of a zone first show a local time; both in milliseconds. */
export function instantOfLocal(localMs: number, timeZone: string): number {
  const holds = localOffsets(timeZone).findLast((offset) => offset.fromLocalMs <= localMs);
  return localMs - (holds?.offsetMs ?? 0);
}
