import { expect, it } from "vitest";
import { resolvedWords } from "./resolved-window";

const now = Date.UTC(2026, 10, 23, 13, 32, 7);
const words = (window: Parameters<typeof resolvedWords>[0]) => resolvedWords(window, now, "Europe/Berlin");

it("says the moments of a window in the workspace's zone", () => {
  expect(words({ kind: "ever" })).toBe("At any time until now.");
  expect(words({ kind: "before_last", amount: 2, unit: "day" })).toBe(
    "Before Sat 21 Nov 2026 14:32:07, Europe/Berlin. Moves with time.",
  );
  expect(words({ kind: "last", amount: 1, unit: "hour" })).toBe(
    "From Mon 23 Nov 2026 13:32:07 until now, Europe/Berlin. Moves with time.",
  );
  expect(words({ kind: "range", from: "2026-11-01", to: "2026-11-02" })).toBe(
    "From Sun 1 Nov 2026 00:00:00 to before Mon 2 Nov 2026 00:00:00, Europe/Berlin.",
  );
});

it("says the days of the calendar, and each person's own moments", () => {
  expect(words({ kind: "calendar", period: "last_week" })).toBe(
    "From Mon 16 Nov 2026 00:00:00 to before Mon 23 Nov 2026 00:00:00, Europe/Berlin. Moves on at midnight.",
  );
  const week = { kind: "after", amount: 1, unit: "week" } as const;
  expect(words({ ...week, anchor: { kind: "first_seen" } })).toBe(
    "From their very first event to 1 week later, both included: each person has their own.",
  );
  expect(words({ ...week, anchor: { kind: "trait", trait: "signup_date" } })).toBe(
    "From their signup_date to 1 week later, both included: each person has their own. Who has no such date has no events in it.",
  );
  expect(words({ ...week, amount: 0, anchor: { kind: "first_seen" } })).toBe("Not finished yet.");
});

it("says what an unfinished one lacks", () => {
  const days = (amount: number) => ({ amount, unit: "day" as const });
  expect(words({ kind: "between_ago", from: days(1), to: days(2) })).toBe("The first amount is the older one.");
  expect(words({ kind: "since", at: "" })).toBe("Not finished yet.");
});
