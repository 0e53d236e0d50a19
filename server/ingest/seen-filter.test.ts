import fc from "fast-check";
import { expect, test } from "vitest";
import { messageHash } from "./message-hash";
import { SeenFilter } from "./seen-filter";

const hashOf = (name: string): [number, number] => {
  const digest = messageHash(name);
  return [digest.readUInt32LE(12), digest.readUInt32LE(0)];
};

test("what was added is known, whatever the hash", () => {
  const hash = fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff));
  fc.assert(
    fc.property(fc.array(hash, { minLength: 1 }), (hashes) => {
      const filter = new SeenFilter(1);
      for (const [high, low] of hashes) filter.add(high, low);
      expect(hashes.every(([high, low]) => filter.has(high, low))).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("of what was not added one in a hundred is taken for it at most, when the filter is full", () => {
  const filter = new SeenFilter(40_000);
  let added = 0;
  for (; !filter.isFull; added += 1) filter.add(...hashOf(`added ${added}`));
  expect(added).toBeGreaterThanOrEqual(80_000);
  const others = 50_000;
  let taken = 0;
  for (let other = 0; other < others; other += 1) if (filter.has(...hashOf(`other ${other}`))) taken += 1;
  expect(taken / others).toBeLessThan(0.01);
});
