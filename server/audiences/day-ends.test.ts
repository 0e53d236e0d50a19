import { expect, test } from "vitest";
import { dayEnds } from "./day-ends";

const ends = (now: string, timeZone: string, days: number) =>
  dayEnds(Date.parse(now), timeZone, days).map(({ at, day }) => `${day} ${new Date(at).toISOString()}`);

test("now, and the last millisecond of each day before", () => {
  expect(ends("2026-11-23T12:00:00.000Z", "UTC", 2)).toEqual([
    "2026-11-23 2026-11-23T12:00:00.000Z",
    "2026-11-22 2026-11-22T23:59:59.999Z",
    "2026-11-21 2026-11-21T23:59:59.999Z",
  ]);
  expect(ends("2026-11-23T00:00:00.000Z", "UTC", 1)[1]).toBe("2026-11-22 2026-11-22T23:59:59.999Z");
});

test("days are the zone's, also where its clocks change", () => {
  expect(ends("2026-03-30T00:00:00.000Z", "Europe/Berlin", 3)).toEqual([
    "2026-03-30 2026-03-30T00:00:00.000Z",
    "2026-03-29 2026-03-29T21:59:59.999Z",
    "2026-03-28 2026-03-28T22:59:59.999Z",
    "2026-03-27 2026-03-27T22:59:59.999Z",
  ]);
  // Midnight itself was skipped.
  expect(ends("2026-09-06T12:00:00.000Z", "America/Santiago", 1)[1]).toBe("2026-09-05 2026-09-06T03:59:59.999Z");
});
