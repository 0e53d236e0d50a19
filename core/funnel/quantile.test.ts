import fc from "fast-check";
import { expect, it } from "vitest";
import { quantile } from "./quantile";

it.each([
  [[7], 0.9, 7],
  [[2, 1], 0.5, 1.5],
  [[3, 1, 2], 0.5, 2],
  [[40, 0, 30, 10, 20], 0.9, 36],
  [[100, 0], 0.9, 90],
])("interpolates between neighbours: %j at %d", (values, fraction, expected) => {
  expect(quantile(Float64Array.from(values), fraction)).toBe(expected);
});

it("finds what sorting finds, time and again", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(50), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0, 0.25, 0.5, 0.9, 1),
      (values, fraction) => {
        const sorted = [...values].sort((a, b) => a - b);
        const position = (sorted.length - 1) * fraction;
        const [below = 0, above = 0] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
        const numbers = Float64Array.from(values);
        const expected = below + (above - below) * (position - Math.floor(position));
        expect([quantile(numbers, fraction), quantile(numbers, fraction)]).toEqual([expected, expected]);
        const before = Math.floor(position);
        expect(quantile(numbers, 1, before)).toBe(sorted.at(-1));
      },
    ),
  );
});
