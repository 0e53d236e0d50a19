import fc from "fast-check";
import { expect, test } from "vitest";
import { spansOf } from "./spans";

const who = fc.record({ end: fc.nat(40_000), events: fc.nat(50_000_000) });
const numbersOf = (parts: ReturnType<typeof spansOf>) =>
  parts.flat().flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index));

test("everybody after a number is gone through once, in ascending order", () => {
  fc.assert(
    fc.property(who, fc.option(fc.nat(40_000)), (who, after) => {
      const start = after === null ? 0 : after + 1;
      const expected = Array.from({ length: Math.max(0, who.end - start) }, (_, index) => start + index);
      expect(numbersOf(spansOf(who, { after, atATime: 2_000_000 }))).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test("a sample takes one in so many, from all parts of the numbers, the same ones however they are read", () => {
  fc.assert(
    fc.property(who, fc.integer({ min: 2, max: 20 }), (who, sample) => {
      const spans = (atATime: number) => numbersOf(spansOf(who, { after: null, sample, atATime }));
      const taken = spans(2_000_000);
      expect(spans(50_000)).toEqual(taken);
      expect([...new Set(taken)].sort((one, other) => one - other)).toEqual(taken);
      expect(Math.abs(taken.length - who.end / sample)).toBeLessThanOrEqual(16);
      const widest = Math.max(0, ...taken.map((number, index) => number - (taken[index - 1] ?? 0)));
      expect(widest).toBeLessThanOrEqual(Math.max(who.end / 8, 2 * 16 * sample) + 1);
    }),
    { numRuns: 50 },
  );
});
