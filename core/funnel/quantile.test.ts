import { expect, it } from "vitest";
import { quantile } from "./quantile";

it.each([
  [[7], 0.9, 7],
  [[1, 2], 0.5, 1.5],
  [[1, 2, 3], 0.5, 2],
  [[0, 10, 20, 30, 40], 0.9, 36],
  [[0, 100], 0.9, 90],
])("interpolates between neighbours: %j at %d", (sorted, fraction, expected) => {
  expect(quantile(sorted, fraction)).toBe(expected);
});
