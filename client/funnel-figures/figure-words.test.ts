import { describe, expect, it } from "vitest";
import type { FunnelStepResult } from "@/core/api/funnels";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelFigure } from "@/core/funnel/figure";
import type { FigureScope } from "./figure";
import { audienceNameOf, figureSentence, figureTitle, findingOf, pendingSentence } from "./figure-words";

function step(label: string, people: number, previous: number, dropped: number, pending = 0): FunnelStepResult {
  return { label, people, fromFirst: people / 10, fromPrevious: people / previous, dropped, pending };
}
const steps = [step("Account Created", 10, 10, 4), step("Project Created", 6, 10, 3, 1), step("Invited", 3, 6, 0)];
const funnel: FunnelDefinition = {
  steps: steps.map(({ label }) => ({ event: label })),
  window: { amount: 14, unit: "day" },
};
const scope: FigureScope = { funnel, steps, asOf: "2026-11-23T00:00:00.000Z" };
const figure = (selector: FunnelFigure, people: number, of: Partial<FigureScope> = {}) => ({
  scope: { ...scope, ...of },
  selector,
  people,
});

describe("words of a figure", () => {
  it.each([
    [
      { step: 2, outcome: "dropped" },
      3,
      "got to Project Created and did not go on to Invited within 14 days: 50.0% of 6.",
    ],
    [{ step: 1, outcome: "reached" }, 10, "did Account Created."],
    [{ step: 2, outcome: "reached" }, 6, "got to Project Created: 60.0% of 10."],
    [{ step: 3, outcome: "reached" }, 3, "got to Invited: 30.0% of 10, 50.0% of the 6 before."],
    [
      { step: 2, outcome: "dropped", pending: true },
      1,
      "got to Project Created, and still have time to go on within 14 days.",
    ],
    [
      { step: 3, outcome: "reached", entered: { unit: "week", date: "2026-11-16" } },
      1,
      "got to Invited. They started in the week from Mon 16 Nov 2026.",
    ],
    [
      { step: 3, outcome: "reached", took: { since: "first", from: 3600 } },
      1,
      "got to Invited. It took them 1 h or longer from the first step.",
    ],
  ] satisfies [FunnelFigure, number, string][])("%j", (selector, people, words) => {
    expect(figureSentence(figure(selector, people), "UTC")).toBe(words);
  });

  it("of a group, of the range compared with, and of steps in any order", () => {
    const trait = { funnel: { ...funnel, breakdown: { trait: "plan" } } };
    const reached = { step: 2, outcome: "reached" as const };
    expect(figureSentence(figure(reached, 6, { ...trait, group: { value: "team", name: "team" } }), "UTC")).toBe(
      "got to Project Created: 60.0% of 10. Their plan is team.",
    );
    expect(figureSentence(figure(reached, 6, { ...trait, group: { value: null, name: "no plan" } }), "UTC")).toBe(
      "got to Project Created: 60.0% of 10. They have no plan.",
    );
    const before = { funnel: { ...funnel, range: { from: "2026-10-01", to: "2026-11-01" } }, compared: true };
    expect(figureSentence(figure(reached, 6, before), "UTC")).toBe(
      "got to Project Created: 60.0% of 10. They started 1 Oct – 31 Oct 2026.",
    );
    const anyOrder = { funnel: { ...funnel, order: "unordered" as const }, steps: [step("Any 1 of 2", 10, 10, 4)] };
    expect(figureSentence(figure({ step: 1, outcome: "reached" }, 10, anyOrder), "UTC")).toBe("did any 1 of 2 steps.");
  });

  it("of those who still have time, of an estimate, of the chart, and of an audience's name", () => {
    expect(pendingSentence(figure({ step: 2, outcome: "dropped" }, 3))).toBe("1 of them still has time.");
    expect(pendingSentence(figure({ step: 1, outcome: "dropped" }, 4))).toBe("");
    expect(figureTitle(figure({ step: 1, outcome: "dropped" }, 320, { sampleOf: 16 }))).toBe("about 320 people");
    expect(findingOf(scope)).toBe(
      "10 start with Account Created, 3 (30.0%) get to Invited. The largest drop is after Account Created: 4.",
    );
    expect(findingOf({ steps: [] })).toBe("Nobody has started this funnel.");
    const dropped = figure({ step: 1, outcome: "dropped" }, 4);
    expect(audienceNameOf(dropped, "UTC")).toBe("Account Created, then not Project Created");
    expect(audienceNameOf(figure({ step: 3, outcome: "reached" }, 3), "UTC")).toBe("Got to Invited");
  });
});
