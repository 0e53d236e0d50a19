import { expect, it } from "vitest";
import type { FunnelPreview } from "@/core/api/funnels";
import { funnelCsv } from "./csv";

const steps = [
  { label: "Signed Up", people: 4, fromFirst: 1, fromPrevious: 1, dropped: 3, pending: 2 },
  {
    label: "=Paid",
    people: 1,
    fromFirst: 0.25,
    fromPrevious: 0.25,
    dropped: 0,
    pending: 0,
    seconds: { mean: 60, median: 60, p90: 60 },
    histogram: { edges: [0, 60], people: [0, 1] },
  },
];
const preview: FunnelPreview = {
  asOf: "2026-11-23T00:00:00.000Z",
  steps,
  breakdown: [{ value: null, steps }],
  overTime: [{ date: "2026-11-22", people: [4, 1], pending: 2 }],
  timeToConvert: { edges: [0, 60], people: [0, 1] },
  compare: { range: { from: "2026-10-01", to: "2026-11-01" }, steps },
  tookMs: 1,
};
const nameOf = () => "no plan";

it("has a line for each step of everyone, of each group and of the range compared with", () => {
  const lines = funnelCsv("steps", preview, nameOf).split("\r\n");
  expect(lines).toHaveLength(8);
  expect(lines[1]).toBe("own,everyone,1,Signed Up,4,1,,3,2,,,");
  expect(lines[4]).toBe("own,no plan,2,'=Paid,1,0.25,0.25,0,0,60,60,60");
  expect(lines[5]).toBe("2026-10-01 to before 2026-11-01,everyone,1,Signed Up,4,1,,3,2,,,");
});

it("has a line for each day, and for each stretch of time", () => {
  expect(funnelCsv("over-time", preview, nameOf)).toBe("from,1 Signed Up,2 =Paid,have time\r\n2026-11-22,4,1,2\r\n");
  expect(funnelCsv("time-taken", preview, nameOf).split("\r\n").slice(1, 5)).toEqual([
    "first to last,0,60,0",
    "first to last,60,,1",
    "to 2 =Paid,0,60,0",
    "to 2 =Paid,60,,1",
  ]);
});
