import { expect, it } from "vitest";
import { summarizeFunnel } from "./summarize";

const minutes = (...values: number[]) => values.map((value) => value * 60_000);

it("counts people, conversion, drop-off and times of each step", () => {
  const { steps, startToEnd } = summarizeFunnel(
    ["Account Created", "Project Created", "Team Member Invited"],
    [
      { timestamps: minutes(0, 1, 5), open: true },
      { timestamps: minutes(0, 2), open: true },
      { timestamps: minutes(0, 10), open: false },
      { timestamps: minutes(7), open: true },
      { timestamps: minutes(8), open: false },
    ],
  );
  expect(steps).toEqual([
    { label: "Account Created", people: 5, fromFirst: 1, fromPrevious: 1, dropped: 2, pending: 1 },
    {
      label: "Project Created",
      people: 3,
      fromFirst: 0.6,
      fromPrevious: 0.6,
      dropped: 2,
      pending: 1,
      seconds: { mean: 260, median: 120, p90: 504 },
    },
    {
      label: "Team Member Invited",
      people: 1,
      fromFirst: 0.2,
      fromPrevious: 1 / 3,
      dropped: 0,
      pending: 0,
      seconds: { mean: 240, median: 240, p90: 240 },
    },
  ]);
  expect(startToEnd).toEqual({ mean: 300, median: 300, p90: 300 });
});

it("answers null where nobody could convert", () => {
  const outcomes = [{ timestamps: [0], open: false }];
  const { steps, startToEnd } = summarizeFunnel(["A", "B", "C"], outcomes);
  const [first, second, third] = steps;
  expect(startToEnd).toBeUndefined();
  expect(first).toMatchObject({ people: 1, fromFirst: 1, dropped: 1 });
  expect(second).toMatchObject({ people: 0, fromFirst: 0, fromPrevious: 0, seconds: undefined });
  expect(third).toMatchObject({ people: 0, fromFirst: 0, fromPrevious: null });
  expect(summarizeFunnel(["A"], []).steps).toEqual([
    { label: "A", people: 0, fromFirst: null, fromPrevious: null, dropped: 0, pending: 0 },
  ]);
});
