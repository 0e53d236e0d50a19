import { expect, it } from "vitest";
import type { FunnelGroup, FunnelStepResult } from "@/core/api/funnels";
import { changeWords, pointsWords } from "./difference";
import { groupName, groupsToDraw } from "./groups";

const stepsOf = (...people: number[]): FunnelStepResult[] =>
  people.map((count, at) => ({
    label: `s${at}`,
    people: count,
    fromFirst: count / (people[0] ?? 1),
    fromPrevious: null,
    dropped: count - (people[at + 1] ?? count),
    pending: 0,
  }));
const group = (value: string | null, ...people: number[]): FunnelGroup => ({ value, steps: stepsOf(...people) });

it("draws six groups by themselves, and of seven the five largest and the others as what is left of everybody", () => {
  const six = ["a", "b", "c", "d", "e", null].map((value) => group(value, 10, 5));
  const all = { steps: stepsOf(90, 40), breakdown: six, breakdownGroups: 6 };
  expect(groupsToDraw(all)).toEqual({ groups: six });
  const { groups, others } = groupsToDraw({ ...all, breakdownGroups: 9 });
  expect(groups).toHaveLength(5);
  expect(others?.count).toBe(4);
  expect(others?.steps.map(({ people, dropped }) => [people, dropped])).toEqual([
    [40, 25],
    [15, 0],
  ]);
  expect(others?.steps[1]?.fromFirst).toBe(15 / 40);
});

it.each([
  [null, { trait: "plan" }, "no plan"],
  ["trial", { trait: "plan" }, "trial"],
  [12_000, { property: "seats", step: 1 }, "12,000"],
  [["a"], { trait: "tags" }, '["a"]'],
  [true, { audienceId: "x" }, "in Stuck"],
  [false, { audienceId: "x" }, "not in Stuck"],
])("calls the group %j of %j %s", (value, breakdown, name) => {
  expect(groupName(value, breakdown, "Stuck")).toBe(name);
});

it("tells differences in points and per cent", () => {
  expect(pointsWords(0.31, 0.29)).toBe("+2.0 points");
  expect(pointsWords(0.28, 0.29)).toBe("\u22121.0 point");
  expect(pointsWords(null, 0.29)).toBe("–");
  expect(changeWords(318, 300)).toBe("+18 (+6.0%)");
  expect(changeWords(5, 0)).toBe("+5");
  expect(changeWords(7, 7)).toBe("0");
});
