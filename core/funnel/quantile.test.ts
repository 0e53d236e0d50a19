import fc from "fast-check";
import { expect, it } from "vitest";
import { quantiles } from "./quantile";

it.each([
  [[7], 0.9, 7],
  [[2, 1], 0.5, 1.5],
  [[3, 1, 2], 0.5, 2],
  [[40, 0, 30, 10, 20], 0.9, 36],
  [[100, 0], 0.9, 90],
])("interpolates between neighbours: %j at %d", (values, fraction, expected) => {
  expect(quantiles([Float64Array.from(values)], [fraction])).toEqual([expected]);
});

it("finds what sorting finds, however the values are spread over arrays, and leaves them where they are", () => {
  const value = fc.oneof(fc.nat(50), fc.constantFrom(1e12, 1e12 + 1), fc.nat(10_000_000));
  fc.assert(
    fc.property(
      fc
        .array(fc.array(value, { maxLength: 80 }), { minLength: 1, maxLength: 5 })
        .filter((all) => all.flat().length > 0),
      fc.array(fc.constantFrom(0, 0.25, 0.5, 0.9, 1), { maxLength: 3 }),
      (values, fractions) => {
        const sorted = values.flat().sort((a, b) => a - b);
        const expected = fractions.map((fraction) => {
          const position = (sorted.length - 1) * fraction;
          const [below = 0, above = 0] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
          return below + (above - below) * (position - Math.floor(position));
        });
        const numbers = values.map((some) => Float64Array.from(some));
        expect(quantiles(numbers, fractions)).toEqual(expected);
        expect(numbers.map((some) => [...some])).toEqual(values);
      },
    ),
  );
});
