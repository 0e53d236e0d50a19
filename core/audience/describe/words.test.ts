import { describe, expect, it } from "vitest";
import type { EventWindow } from "../definition";
import { operators } from "../filter";
import { numberWords } from "./number-words";
import { operatorWords, valueWords } from "./operator-words";
import { countWords, windowWords } from "./window-words";

const zone = "Europe/Berlin";

describe("words", () => {
  it.each<[EventWindow, string]>([
    [{ kind: "ever" }, "ever"],
    [{ kind: "last", amount: 14, unit: "day" }, "in the last 14 days"],
    [{ kind: "before_last", amount: 1, unit: "week" }, "more than 1 week ago"],
    [
      { kind: "between_ago", from: { amount: 14, unit: "day" }, to: { amount: 7, unit: "day" } },
      "between 14 and 7 days ago",
    ],
    [
      { kind: "between_ago", from: { amount: 2, unit: "week" }, to: { amount: 3, unit: "hour" } },
      "between 2 weeks and 3 hours ago",
    ],
    [{ kind: "since", at: "2026-11-21" }, "since Sat 21 Nov 2026"],
    [{ kind: "before", at: "2026-11-21T13:32:00Z" }, "before Sat 21 Nov 2026 14:32"],
    [{ kind: "before", at: "2026-11-21T13:32:07.250Z" }, "before Sat 21 Nov 2026 14:32:07.250"],
    [{ kind: "range", from: "2026-11-01", to: "2026-11-21T08:00" }, "from Sun 1 Nov 2026 to Sat 21 Nov 2026 08:00"],
    [{ kind: "calendar", period: "last_month" }, "last month"],
    [{ kind: "after", anchor: "first_seen", amount: 3, unit: "day" }, "within 3 days after first seen"],
    [{ kind: "after", anchor: { trait: "signup" }, amount: 1, unit: "hour" }, "within 1 hour after trait signup"],
    [
      {
        kind: "after",
        anchor: { event: "Pricing", type: "page", where: [{ property: "plan", op: "exists" }] },
        amount: 1,
        unit: "day",
      },
      "within 1 day after the first (page Pricing where plan has a value)",
    ],
  ])("of a window %j", (window, words) => {
    expect(windowWords(window, zone)).toBe(words);
  });

  it("of counts", () => {
    expect(countWords({ op: "at_least", value: 1 })).toBe("at least 1 time");
    expect(countWords({ op: "at_most", value: 1_200 })).toBe("at most 1,200 times");
    expect(countWords({ op: "exactly", value: 0 })).toBe("never");
  });

  it("of numbers, with every digit", () => {
    expect([1234567.125, -5, 0.1, 1e21, 5e-324, 0].map(numberWords)).toEqual([
      "1,234,567.125",
      "−5",
      "0.1",
      "1e+21",
      "5e−324",
      "0",
    ]);
  });

  it("of operators, the negations naming those without a value", () => {
    const negations = operators.filter((op) => operatorWords(op).endsWith(", or has no value"));
    expect(negations.toSorted()).toEqual(["equals_none", "not_contains", "not_equals"]);
    expect(new Set(operators.map(operatorWords)).size).toBe(operators.length);
  });

  it.each([
    ["equals", "trial", "trial"],
    ["equals", 1234, "1,234"],
    ["equals", " ", "“ ”"],
    ["equals", null, null],
    ["equals_any", ["a", "b", "c"], "a, b or c"],
    ["equals_any", ["a", "b", "c", "d", "e"], "a, b, c or 2 more"],
    ["equals_any", [], null],
    ["between", [1, 20], "1 and 20"],
    ["between", [1, null], null],
    ["within_next", { amount: 3, unit: "day" }, "3 days"],
    ["exists", null, null],
    ["after", "2026-11-21", "Sat 21 Nov 2026"],
  ] as const)("of a value: %s %j", (op, value, words) => {
    expect(valueWords(op, value, zone)).toBe(words);
  });
});
