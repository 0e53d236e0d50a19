import type { Comparison } from "@/core/audience/filter";
import type { JsonValue } from "@/core/event/message";
import { day, define, hour, identify, now, type SemanticCase, track } from "./case";

function dated(
  says: string,
  comparison: Comparison,
  values: Record<string, JsonValue>,
  fits: readonly string[],
  timeZone = "UTC",
): SemanticCase {
  return {
    says,
    definition: define({ kind: "trait", trait: "when", ...comparison }),
    timeZone,
    people: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [identify({ when: value })]])),
    in: fits,
  };
}

const iso = (time: number) => new Date(time).toISOString();
const twoDays = { amount: 2, unit: "day" } as const;
const around = {
  at: iso(now),
  later: iso(now + 1),
  back: iso(now - 2 * day),
  further: iso(now - 2 * day - 1),
  ahead: iso(now + 2 * day),
  beyond: iso(now + 2 * day + 1),
};

export const datesAndTraits: readonly SemanticCase[] = [
  dated("within_last: now − W ≤ t ≤ now", { op: "within_last", value: twoDays }, around, ["at", "back"]),
  dated("more_than_ago: t < now − W", { op: "more_than_ago", value: twoDays }, around, ["further"]),
  dated("within_next: now ≤ t ≤ now + W", { op: "within_next", value: twoDays }, around, ["at", "later", "ahead"]),
  dated("more_than_from_now: t > now + W", { op: "more_than_from_now", value: twoDays }, around, ["beyond"]),
  dated(
    "before: t < value",
    { op: "before", value: iso(now) },
    { sooner: iso(now - 1), same: iso(now), later: iso(now + 1) },
    ["sooner"],
  ),
  dated(
    "after: t > value",
    { op: "after", value: iso(now) },
    { sooner: iso(now - 1), same: iso(now), later: iso(now + 1) },
    ["later"],
  ),
  dated(
    "numbers below 10¹¹ are epoch seconds, else milliseconds, also as text",
    { op: "after", value: "2026-11-23T11:59:59Z" },
    {
      seconds: now / 1000,
      milliseconds: now,
      secondsText: String(now / 1000),
      millisecondsText: String(now),
      old: 1_000_000,
      limit: 99_999_999_999,
      beyond: 100_000_000_000,
    },
    ["seconds", "milliseconds", "secondsText", "millisecondsText", "limit"],
  ),
  dated(
    "ISO 8601 text with an offset",
    { op: "before", value: "2026-11-23T12:00:00Z" },
    {
      before: "2026-11-23T13:59:59+02:00",
      same: "2026-11-23T14:00:00+02:00",
      short: "2026-11-23T13:59+0200",
      negative: "2026-11-23T06:29:00-05:30",
      fraction: "2026-11-23T11:59:59.999Z",
    },
    ["before", "short", "negative", "fraction"],
  ),
  dated(
    "without an offset in the workspace's zone, a date alone is its midnight",
    { op: "before", value: "2026-11-23T00:00:00-05:00" },
    {
      midnight: "2026-11-22",
      same: "2026-11-23",
      clock: "2026-11-22T23:59:59",
      utc: "2026-11-23T04:59:59Z",
      later: "2026-11-23T00:00:01",
    },
    ["midnight", "clock", "utc"],
    "America/New_York",
  ),
  dated(
    "a skipped time is after the hour that was skipped",
    { op: "after", value: "2026-03-29T01:29:59Z" },
    { skipped: "2026-03-29T02:30:00", before: "2026-03-29T01:59:59" },
    ["skipped"],
    "Europe/Berlin",
  ),
  dated(
    "a time that came twice is the first",
    { op: "before", value: "2026-10-25T00:30:01Z" },
    { twice: "2026-10-25T02:30:00", after: "2026-10-25T03:00:00" },
    ["twice"],
    "Europe/Berlin",
  ),
  dated(
    "what no calendar has is no date",
    { op: "before", value: "9999-12-31" },
    {
      leap: "2024-02-29",
      noLeap: "2023-02-29",
      century: "1900-02-29",
      month: "2024-13-01",
      hour: "2024-01-01T25:00",
      word: "yesterday",
      blank: "",
      list: ["x", "2024-01-01"],
      truth: true,
      old: "0001-01-01",
      far: "9999-12-30T23:59:59.999Z",
    },
    ["leap", "list", "old", "far"],
  ),
  {
    says: "a trait is the last value set at or before now, by Order, per key",
    definition: define({ kind: "trait", trait: "plan", op: "equals", value: "trial" }),
    people: {
      last: [identify({ plan: "free" }, now - day), identify({ plan: "trial" })],
      first: [identify({ plan: "trial" }, now - 2 * day), identify({ plan: "free" }, now - day)],
      late: [identify({ plan: "trial" }, now - hour), identify({ plan: "free" }, now - 2 * hour)],
      arrival: [identify({ plan: "free" }, now - hour), identify({ plan: "trial" }, now - hour)],
      future: [identify({ plan: "trial" }, now - hour), identify({ plan: "free" }, now + 1)],
      another: [identify({ plan: "trial" }, now - hour), identify({ name: "x" }, now)],
      event: [track("A", now, { plan: "trial" })],
    },
    in: ["last", "late", "arrival", "future", "another"],
  },
  {
    says: "a trait set to null is missing",
    definition: define({ kind: "trait", trait: "plan", op: "not_exists" }),
    people: {
      taken: [identify({ plan: "trial" }, now - day), identify({ plan: null }, now)],
      kept: [identify({ plan: "trial" })],
      never: [track("A")],
    },
    in: ["taken", "never"],
  },
  {
    says: "a path is first tried as a literal key, then by its dots into objects",
    definition: define({ kind: "trait", trait: "plan.name", op: "equals", value: "pro" }),
    people: {
      literal: [identify({ "plan.name": "pro" })],
      dots: [identify({ plan: { name: "pro" } })],
      both: [identify({ "plan.name": "free", plan: { name: "pro" } })],
      apart: [identify({ "plan.name": "pro" }, now - day), identify({ plan: { name: "free" } }, now)],
      list: [identify({ plan: [{ name: "free" }, { name: "pro" }] })],
      replaced: [identify({ plan: { name: "pro" } }, now - day), identify({ plan: { seats: 1 } }, now)],
      flat: [identify({ plan: "pro" })],
    },
    in: ["literal", "dots", "apart", "list"],
  },
  {
    says: "of an event too",
    definition: define({ kind: "event", where: [{ property: "a.b.c", op: "equals", value: 1 }] }),
    people: {
      literal: [track("A", now, { "a.b.c": 1 })],
      dots: [track("A", now, { a: { b: { c: 1 } } })],
      lists: [track("A", now, { a: [{ b: [{ c: 2 }, { c: [3, 1] }] }] })],
      mixed: [track("A", now, { "a.b": { c: 1 } })],
      shadowed: [track("A", now, { "a.b.c": null, a: { b: { c: 1 } } })],
    },
    in: ["literal", "dots", "lists"],
  },
];
