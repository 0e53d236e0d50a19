import { describe, expect, it } from "vitest";
import { summarizeFunnel } from "@/core/funnel/summarize";
import { audienceNameOf, figureSentence, findingOf, pendingSentence, rangeWords, windowLimitWords } from "./words";

const outcomes = (count: number, steps: number, open: boolean) =>
  Array.from({ length: count }, () => ({ timestamps: [0, 60_000, 120_000].slice(0, steps), open }));
const { steps } = summarizeFunnel(
  ["Account Created", "Project Created", "Invited"],
  [...outcomes(4, 1, false), ...outcomes(1, 2, true), ...outcomes(2, 2, false), ...outcomes(3, 3, false)],
);
const funnel = { window: { amount: 14, unit: "day" as const } };

describe("words", () => {
  it("of a limit and a range", () => {
    expect(windowLimitWords({ amount: 1, unit: "hour" })).toBe("within 1 hour");
    expect(windowLimitWords(null)).toBe("with no time limit");
    expect(rangeWords(undefined, "UTC")).toBe("any time");
    expect(rangeWords({ from: "2026-10-25", to: "2026-11-24" }, "UTC")).toBe("25 Oct – 23 Nov 2026");
    expect(rangeWords({ from: "2025-12-31", to: "2026-01-02" }, "UTC")).toBe("31 Dec 2025 – 1 Jan 2026");
    expect(rangeWords({ from: "2026-11-23", to: "2026-11-24" }, "UTC")).toBe("23 Nov 2026");
    expect(rangeWords({ from: "2026-11-23T10:00:00Z", to: "2026-11-24" }, "UTC")).toBe(
      "Mon 23 Nov 2026 10:00 – Tue 24 Nov 2026",
    );
  });

  it.each([
    [{ step: 2, outcome: "dropped" }, "did Project Created and did not go on to Invited within 14 days: 50.0% of 6."],
    [{ step: 1, outcome: "reached" }, "did Account Created."],
    [{ step: 2, outcome: "reached" }, "got to Project Created: 60.0% of 10."],
    [{ step: 3, outcome: "reached" }, "got to Invited: 30.0% of 10, 50.0% of the 6 before."],
  ] as const)("of a figure %j", (figure, words) => {
    expect(figureSentence(figure, steps, funnel)).toBe(words);
  });

  it("of those who still have time, of the chart, and of an audience's name", () => {
    expect(pendingSentence({ step: 2, outcome: "dropped" }, steps)).toBe("1 of them still has time.");
    expect(pendingSentence({ step: 1, outcome: "dropped" }, steps)).toBe("");
    expect(findingOf(steps)).toBe(
      "10 start with Account Created, 3 (30.0%) get to Invited. The largest drop is after Account Created: 4.",
    );
    expect(findingOf([])).toBe("Nobody has started this funnel.");
    expect(audienceNameOf({ step: 1, outcome: "dropped" }, steps)).toBe("Account Created, then not Project Created");
    expect(audienceNameOf({ step: 3, outcome: "reached" }, steps)).toBe("Got to Invited");
  });
});
