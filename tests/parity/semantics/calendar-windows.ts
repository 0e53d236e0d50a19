import type { CalendarPeriod } from "@/core/audience/definition";
import { define, type SemanticCase, track } from "./case";

/** Who did it when, by the time that is the name; the last millisecond before a bound is told by "<". */
function period(
  says: string,
  name: CalendarPeriod,
  at: string,
  timeZone: string,
  inside: readonly string[],
  outside: readonly string[],
): SemanticCase {
  const time = (text: string) => (text.startsWith("<") ? Date.parse(text.slice(1)) - 1 : Date.parse(text));
  return {
    says: `${name}: ${says}`,
    definition: define({ kind: "event", event: "A", window: { kind: "calendar", period: name } }),
    now: Date.parse(at),
    timeZone,
    people: Object.fromEntries(
      [...inside, ...outside].map((text) => [text.toLowerCase(), [track("A", time(text)), track("B", 0)]]),
    ),
    in: inside.map((text) => text.toLowerCase()),
  };
}

const monday = "2026-11-23T12:00:00Z";
const sunday = "2026-11-22T12:00:00Z";
const berlin = "Europe/Berlin";

export const calendarWindows: readonly SemanticCase[] = [
  period(
    "from midnight to now",
    "today",
    monday,
    "UTC",
    ["2026-11-23T00:00:00Z", "2026-11-23T12:00:00Z"],
    ["<2026-11-23T00:00:00Z", "2026-11-23T12:00:01Z"],
  ),
  period("the zone's midnight", "today", monday, berlin, ["2026-11-22T23:00:00Z"], ["<2026-11-22T23:00:00Z"]),
  period(
    "where it is still yesterday",
    "today",
    "2026-11-23T03:00:00Z",
    "America/New_York",
    ["2026-11-22T05:00:00Z", "2026-11-23T03:00:00Z"],
    ["<2026-11-22T05:00:00Z"],
  ),
  period(
    "the whole day before",
    "yesterday",
    monday,
    "UTC",
    ["2026-11-22T00:00:00Z", "<2026-11-23T00:00:00Z"],
    ["<2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z"],
  ),
  period(
    "25 hours long where the clocks went back",
    "yesterday",
    "2026-10-26T12:00:00Z",
    berlin,
    ["2026-10-24T22:00:00Z", "<2026-10-25T23:00:00Z"],
    ["<2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
  ),
  period(
    "23 hours long where they went forward",
    "yesterday",
    "2026-03-30T12:00:00Z",
    berlin,
    ["2026-03-28T23:00:00Z", "<2026-03-29T22:00:00Z"],
    ["<2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"],
  ),
  period(
    "of a day that begins at one, for midnight was skipped",
    "today",
    "2026-03-29T12:00:00Z",
    "Asia/Beirut",
    ["2026-03-28T22:00:00Z"],
    ["<2026-03-28T22:00:00Z"],
  ),
  period(
    "of a day whose midnight came twice",
    "today",
    "2026-11-01T12:00:00Z",
    "America/Havana",
    ["2026-11-01T04:00:00Z"],
    ["<2026-11-01T04:00:00Z"],
  ),
  period("weeks start on Monday", "this_week", monday, "UTC", ["2026-11-23T00:00:00Z"], ["<2026-11-23T00:00:00Z"]),
  period(
    "a Sunday is the last day of its week",
    "this_week",
    sunday,
    "UTC",
    ["2026-11-16T00:00:00Z", "2026-11-22T12:00:00Z"],
    ["<2026-11-16T00:00:00Z"],
  ),
  period(
    "Monday to Sunday before this week",
    "last_week",
    sunday,
    berlin,
    ["2026-11-08T23:00:00Z", "<2026-11-15T23:00:00Z"],
    ["<2026-11-08T23:00:00Z", "2026-11-15T23:00:00Z"],
  ),
  period(
    "over a change of the clocks",
    "last_week",
    "2026-10-27T12:00:00Z",
    berlin,
    ["2026-10-18T22:00:00Z", "<2026-10-25T23:00:00Z"],
    ["<2026-10-18T22:00:00Z", "2026-10-25T23:00:00Z"],
  ),
  period(
    "from its first day",
    "this_month",
    monday,
    berlin,
    ["2026-10-31T23:00:00Z", "2026-11-23T12:00:00Z"],
    ["<2026-10-31T23:00:00Z"],
  ),
  period(
    "of 28 days, seen from the 31st",
    "last_month",
    "2026-03-31T12:00:00Z",
    "UTC",
    ["2026-02-01T00:00:00Z", "<2026-03-01T00:00:00Z"],
    ["<2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"],
  ),
  period(
    "of the year before",
    "last_month",
    "2026-01-31T12:00:00Z",
    "UTC",
    ["2025-12-01T00:00:00Z", "<2026-01-01T00:00:00Z"],
    ["<2025-12-01T00:00:00Z", "2026-01-01T00:00:00Z"],
  ),
];
