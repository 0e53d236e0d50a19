import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { type FileTiming, fileTiming, lastDue, nextDue, timingWords, weekdays } from "./timing";

const at = (text: string) => Date.parse(text);
const iso = (moment: number) => new Date(moment).toISOString();

function dues(timing: FileTiming, zone: string, after: string, count: number): string[] {
  const found: string[] = [];
  for (let moment = at(after); found.length < count; ) {
    moment = nextDue(timing, zone, moment);
    found.push(iso(moment));
  }
  return found;
}

test("every day is at the same time of the clock, whatever the clocks do", () => {
  const daily: FileTiming = { every: "day", at: "09:00" };
  expect(dues(daily, "Europe/London", "2026-03-27T12:00:00Z", 3)).toEqual([
    "2026-03-28T09:00:00.000Z",
    "2026-03-29T08:00:00.000Z",
    "2026-03-30T08:00:00.000Z",
  ]);
  expect(dues(daily, "Asia/Kolkata", "2026-01-01T00:00:00Z", 1)).toEqual(["2026-01-01T03:30:00.000Z"]);
});

test("a time that is skipped is made up for once, and one that comes twice is one", () => {
  const night: FileTiming = { every: "day", at: "01:30" };
  // At 01:00 the clocks of London go to 02:00; at 02:00 they go back to 01:00.
  expect(dues(night, "Europe/London", "2026-03-28T12:00:00Z", 2)).toEqual([
    "2026-03-29T01:30:00.000Z",
    "2026-03-30T00:30:00.000Z",
  ]);
  expect(dues(night, "Europe/London", "2026-10-24T12:00:00Z", 2)).toEqual([
    "2026-10-25T00:30:00.000Z",
    "2026-10-26T01:30:00.000Z",
  ]);
});

test("every hour is every hour, also where one comes twice and where half of one is skipped", () => {
  const hourly: FileTiming = { every: "hour", minute: 15 };
  expect(dues(hourly, "Europe/London", "2026-10-24T23:15:00Z", 3)).toEqual([
    "2026-10-25T00:15:00.000Z",
    "2026-10-25T01:15:00.000Z",
    "2026-10-25T02:15:00.000Z",
  ]);
  expect(dues(hourly, "Asia/Kolkata", "2026-01-01T00:00:00Z", 2)).toEqual([
    "2026-01-01T00:45:00.000Z",
    "2026-01-01T01:45:00.000Z",
  ]);
  // Lord Howe goes from 02:00 to 02:30.
  expect(dues(hourly, "Australia/Lord_Howe", "2026-10-03T14:00:00Z", 2)).toEqual([
    "2026-10-03T14:45:00.000Z",
    "2026-10-03T16:15:00.000Z",
  ]);
});

test("every week is on its day", () => {
  const weekly: FileTiming = { every: "week", on: "monday", at: "00:00" };
  expect(dues(weekly, "America/New_York", "2026-10-26T04:00:00Z", 2)).toEqual([
    "2026-11-02T05:00:00.000Z",
    "2026-11-09T05:00:00.000Z",
  ]);
  expect(iso(lastDue(weekly, "America/New_York", at("2026-11-02T04:59:59.999Z")))).toBe("2026-10-26T04:00:00.000Z");
});

const timings = fc.oneof(
  fc.record({ every: fc.constant("hour" as const), minute: fc.integer({ min: 0, max: 59 }) }),
  fc.record({ every: fc.constant("day" as const), at: clocks() }),
  fc.record({ every: fc.constant("week" as const), on: fc.constantFrom(...weekdays), at: clocks() }),
);
function clocks() {
  return fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
}
const zones = fc.constantFrom(
  "UTC",
  "Europe/London",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Apia",
);
const moments = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });

test("the next one is later, the last one is not, and between them there is none", () => {
  fc.assert(
    fc.property(timings, zones, moments, (timing, zone, moment) => {
      const [last, next] = [lastDue(timing, zone, moment), nextDue(timing, zone, moment)];
      expect(last).toBeLessThanOrEqual(moment);
      expect(next).toBeGreaterThan(moment);
      expect(nextDue(timing, zone, last)).toBe(next);
      expect(lastDue(timing, zone, next)).toBe(next);
      expect(lastDue(timing, zone, next - 1)).toBe(last);
    }),
  );
});

test("days and weeks are as a calendar of another make has them", () => {
  fc.assert(
    fc.property(timings, zones, moments, (timing, zone, moment) => {
      if (timing.every === "hour") return;
      const due = Temporal.Instant.fromEpochMilliseconds(nextDue(timing, zone, moment)).toZonedDateTimeISO(zone);
      const asked = due
        .toPlainDate()
        .toPlainDateTime(timing.at)
        .toZonedDateTime(zone, { disambiguation: "compatible" });
      expect(due.epochMilliseconds).toBe(asked.epochMilliseconds);
      if (timing.every === "week") expect(weekdays[due.dayOfWeek - 1]).toBe(timing.on);
    }),
  );
});

test("it is said in words, and no time that there is not is taken", () => {
  expect(timingWords({ every: "hour", minute: 5 })).toBe("every hour at 5 past");
  expect(timingWords({ every: "hour", minute: 0 })).toBe("every hour on the hour");
  expect(timingWords({ every: "day", at: "09:00" })).toBe("every day at 09:00");
  expect(timingWords({ every: "week", on: "friday", at: "17:30" })).toBe("every Friday at 17:30");
  for (const wrong of ["24:00", "9:00", "09:60", ""]) {
    expect(fileTiming.safeParse({ every: "day", at: wrong }).success).toBe(false);
  }
});
