import { expect, test } from "vitest";
import type { FunnelDefinition } from "./definition";
import { describeFunnelChanges } from "./describe-changes";

const context = { timeZone: "UTC", audienceName: (id: string) => (id === "a1" ? "Stuck" : undefined) };
const before: FunnelDefinition = {
  steps: [{ event: "Signed Up" }, { event: "Invited" }, { event: "Paid" }],
  window: { amount: 7, unit: "day" },
};
const said = (after: FunnelDefinition, from = before) =>
  describeFunnelChanges(from, after, context).map(({ text }) => text);

test("says nothing of what means the same", () => {
  const written: FunnelDefinition = {
    ...before,
    steps: before.steps.map((step) => ({ ...step, type: "track" as const, where: [], optional: false })),
    order: "ordered",
    entry: "any",
    exclude: [],
    includeAnonymous: false,
  };
  expect(said(written)).toEqual([]);
  expect(said(before, written)).toEqual([]);
});

test.each<[string, Partial<FunnelDefinition>, string[]]>([
  ["a step more", { steps: [...before.steps, { event: "Renewed" }] }, ['added: step 4, "Renewed"']],
  ["a step less", { steps: before.steps.slice(0, 2) }, ['removed: step 3, "Paid"']],
  [
    "a step changed",
    {
      steps: [
        { event: "Signed Up", where: [{ property: "plan", op: "equals", value: "trial" }] },
        ...before.steps.slice(1),
      ],
    },
    ['changed: step 1, "Signed Up" to "Signed Up" where "plan" is "trial"'],
  ],
  [
    "steps in another order",
    { steps: [{ event: "Signed Up" }, { event: "Paid" }, { event: "Invited" }] },
    ["changed: the steps are now Signed Up, then Paid, then Invited"],
  ],
  ["the limit", { window: null }, ["changed: within 7 days to no time limit"]],
  ["the order", { order: "strict" }, ["changed: in this order to directly after one another"]],
  ["the entry", { entry: "first" }, ["changed: counted from every start to counted from the first start only"]],
  ["a breakdown", { breakdown: { trait: "plan" } }, ["added: split by trait plan"]],
  ["an audience", { audienceId: "a1" }, ["added: only people in Stuck"]],
  ["anonymous visitors", { includeAnonymous: true }, ["added: anonymous visitors"]],
  ["an exclusion", { exclude: [{ event: "Left" }] }, ['added: without "Left" between step 1 and the last']],
  [
    "who is counted",
    { definition: { version: 1, root: { kind: "trait", trait: "plan", op: "equals", value: "trial" } } },
    ['added: only who trait "plan" is "trial"'],
  ],
])("says %s, both ways", (_, change, expected) => {
  const after = { ...before, ...change };
  expect(said(after)).toEqual(expected);
  expect(said(before, after)).toHaveLength(expected.length);
});
