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

test("a sample takes one run of neighbours in so many, the same ones however they are read", () => {
  fc.assert(
    fc.property(who, fc.integer({ min: 2, max: 20 }), (who, sample) => {
      // From so many people on runs are longer, so that they lie in fewer places.
      const run = who.end >= 2_048 * sample * 8 ? 2_048 : 1_024;
      const expected = Array.from({ length: who.end }, (_, number) => number).filter(
        (number) => Math.floor(number / run) % sample === 0,
      );
      expect(numbersOf(spansOf(who, { after: null, sample, atATime: 2_000_000 }))).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});
