import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { bitmapLiteral } from "./bitmap";
import { PeopleBits } from "./people-bits";
import { type Sql, sql } from "./sql";

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
});
afterAll(() => eventStore.close());

/** Sets of a few numbers, of runs, of lists and of more than fit a list of 4,096, in some of the first five containers. */
const sets = fc
  .array(
    fc.tuple(
      fc.constantFrom(0, 5, 65_530, 131_072, 300_000),
      fc.constantFrom(1, 1, 2, 3),
      fc.constantFrom(0, 1, 31, 32, 33, 4_096, 4_097, 20_000, 70_000),
    ),
    { maxLength: 4 },
  )
  .map((runs) => {
    const numbers = runs.flatMap(([from, by, count]) => Array.from({ length: count }, (_, index) => from + index * by));
    return Uint32Array.from([...new Set(numbers)]).sort();
  });

const literal = (numbers: Uint32Array): Sql => bitmapLiteral(PeopleBits.ofNumbers([...numbers]));

async function stateOf(bitmap: Sql): Promise<PeopleBits> {
  const blocks = await eventStore.blocks(sql`SELECT CAST(${bitmap}, 'String') AS people`);
  return PeopleBits.ofStates(blocks.map((block) => block.texts("people").bytes(0)));
}

test("sets come from the engine as they are, and are put together as it does", async () => {
  await fc.assert(
    fc.asyncProperty(sets, sets, async (left, right) => {
      const [a, b] = await Promise.all([stateOf(literal(left)), stateOf(literal(right))]);
      expect([...a.numbers()]).toEqual([...left]);
      expect(a.count).toBe(left.length);
      const ways: [PeopleBits, Sql][] = [
        [a.and(b), sql`bitmapAnd(${literal(left)}, ${literal(right)})`],
        [a.or(b), sql`bitmapOr(${literal(left)}, ${literal(right)})`],
        [a.without(b), sql`bitmapAndnot(${literal(left)}, ${literal(right)})`],
      ];
      for (const [ours, engines] of ways) {
        const numbers = (await stateOf(engines)).numbers();
        expect(ours.count).toBe(numbers.length);
        expect(String(ours.numbers())).toBe(String(numbers));
      }
      const from = left[Math.floor(left.length / 2)] ?? 0;
      expect(a.first(3, from)).toEqual([...left.filter((number) => number >= from)].slice(0, 3));
      expect([0, 5, 65_535, from, from + 1].map((number) => a.has(number))).toEqual(
        [0, 5, 65_535, from, from + 1].map((number) => left.includes(number)),
      );
    }),
    { numRuns: 40 },
  );
});

test("everybody in one of several states is in, and a byte for each person tells who is", () => {
  const few = PeopleBits.ofBytes([{ chunk: 1, bytes: Uint8Array.from([0, 3, 5]) }], (byte) => byte >= 3);
  expect([...few.numbers()]).toEqual([65_537, 65_538]);
  expect(PeopleBits.none.or(few).and(few).without(PeopleBits.none).first(9)).toEqual([65_537, 65_538]);
});
