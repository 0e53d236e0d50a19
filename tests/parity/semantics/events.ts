import type { EventCount, EventWindow } from "@/core/audience/definition";
import { day, define, hour, now, page, type SemanticCase, track } from "./case";

const counted = (count: EventCount) => define({ kind: "event", event: "A", count });
const within = (window: EventWindow) => define({ kind: "event", event: "A", window });
const times = {
  none: [track("B")],
  one: [track("A")],
  two: [track("A"), track("A")],
  three: [track("A"), track("A"), track("A")],
};
/** One person for each distance to now, in milliseconds. */
const ago = (...distances: number[]) =>
  Object.fromEntries(distances.map((distance) => [`t${distance}`, [track("A", now - distance)]]));

export const events: readonly SemanticCase[] = [
  {
    says: "default: at least 1",
    definition: define({ kind: "event", event: "A" }),
    people: times,
    in: ["one", "two", "three"],
  },
  {
    says: "every distinct message counts, equal timestamps too",
    definition: counted({ op: "at_least", value: 2 }),
    people: times,
    in: ["two", "three"],
  },
  { says: "exactly 2", definition: counted({ op: "exactly", value: 2 }), people: times, in: ["two"] },
  {
    says: "exactly 0 includes people with none",
    definition: counted({ op: "exactly", value: 0 }),
    people: times,
    in: ["none"],
  },
  {
    says: "at most 1 includes people with none",
    definition: counted({ op: "at_most", value: 1 }),
    people: times,
    in: ["none", "one"],
  },
  { says: "at most 0", definition: counted({ op: "at_most", value: 0 }), people: times, in: ["none"] },
  {
    says: "at least 0 is everyone",
    definition: counted({ op: "at_least", value: 0 }),
    people: times,
    in: ["none", "one", "two", "three"],
  },
  {
    says: "last W: now − W ≤ t ≤ now",
    definition: within({ kind: "last", amount: 2, unit: "day" }),
    people: ago(-1, 0, 1, 2 * day - 1, 2 * day, 2 * day + 1),
    in: ["t0", "t1", `t${2 * day - 1}`, `t${2 * day}`],
  },
  {
    says: "more than W ago: t < now − W",
    definition: within({ kind: "before_last", amount: 2, unit: "day" }),
    people: ago(0, 2 * day - 1, 2 * day, 2 * day + 1),
    in: [`t${2 * day + 1}`],
  },
  {
    says: "between_ago: now − from ≤ t < now − to",
    definition: within({ kind: "between_ago", from: { amount: 3, unit: "hour" }, to: { amount: 60, unit: "minute" } }),
    people: ago(3 * hour + 1, 3 * hour, hour + 1, hour, 0),
    in: [`t${3 * hour}`, `t${hour + 1}`],
  },
  {
    says: "since: t ≥ at, and not after now",
    definition: within({ kind: "since", at: "2026-11-23T11:00:00Z" }),
    people: ago(hour + 1, hour, hour - 1, -1),
    in: [`t${hour}`, `t${hour - 1}`],
  },
  {
    says: "before: t < at",
    definition: within({ kind: "before", at: "2026-11-23T11:00:00Z" }),
    people: ago(hour + 1, hour, hour - 1),
    in: [`t${hour + 1}`],
  },
  {
    says: "range: from ≤ t < to",
    definition: within({ kind: "range", from: "2026-11-23T10:00:00Z", to: "2026-11-23T11:00:00Z" }),
    people: ago(2 * hour + 1, 2 * hour, hour + 1, hour),
    in: [`t${2 * hour}`, `t${hour + 1}`],
  },
  {
    says: "an instant without an offset is in the workspace's zone, a date alone is its midnight there",
    definition: within({ kind: "range", from: "2026-11-23", to: "2026-11-23T12:30:00" }),
    timeZone: "Europe/Berlin",
    people: ago(13 * hour + 1, 13 * hour, hour / 2 + 1, hour / 2),
    in: [`t${13 * hour}`, `t${hour / 2 + 1}`],
  },
  {
    says: "a day is 86,400 s, also when the clocks change",
    definition: within({ kind: "last", amount: 1, unit: "day" }),
    now: Date.UTC(2026, 9, 25, 12),
    timeZone: "Europe/Berlin",
    people: { inside: [track("A", Date.UTC(2026, 9, 24, 12))], outside: [track("A", Date.UTC(2026, 9, 24, 12) - 1)] },
    in: ["inside"],
  },
  {
    says: "asOf in the past forgets what came later",
    definition: within({ kind: "last", amount: 1, unit: "week" }),
    now: now - 10 * day,
    people: { early: [track("A", now - 12 * day)], later: [track("B", now - 12 * day), track("A", now - day)] },
    in: ["early"],
  },
  {
    says: "the filters of where hold on the same event",
    definition: define({
      kind: "event",
      event: "A",
      where: [
        { property: "plan", op: "equals", value: "pro" },
        { property: "seats", op: "gte", value: 5 },
      ],
    }),
    people: {
      same: [track("A", now, { plan: "pro", seats: 5 })],
      apart: [track("A", now, { plan: "pro", seats: 1 }), track("A", now, { plan: "free", seats: 9 })],
    },
    in: ["same"],
  },
  {
    says: "a filter may be on the context",
    definition: define({ kind: "event", where: [{ context: "page.path", op: "equals", value: "/pricing" }] }),
    people: {
      there: [track("A", now, {}, { page: { path: "/pricing" } })],
      property: [page("A", now, { page: { path: "/pricing" } })],
    },
    in: ["there"],
  },
  {
    says: "counts are of the events that fit the window and the filters",
    definition: define({
      kind: "event",
      event: "A",
      where: [{ property: "n", op: "gt", value: 1 }],
      window: { kind: "last", amount: 1, unit: "day" },
      count: { op: "exactly", value: 1 },
    }),
    people: {
      fits: [track("A", now, { n: 2 }), track("A", now, { n: 1 }), track("A", now - 2 * day, { n: 5 })],
      twice: [track("A", now, { n: 2 }), track("A", now, { n: 3 })],
    },
    in: ["fits"],
  },
];
