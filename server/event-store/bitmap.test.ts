import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { openTestEventStore, type TestEventStore } from "@/tests/support/event-store";
import { bitmapFromText, bitmapLiteral } from "./bitmap";
import { PeopleBits } from "./people-bits";
import { param, sql } from "./sql";

let eventStore: TestEventStore;
beforeAll(async () => {
  eventStore = await openTestEventStore();
});
afterAll(() => eventStore.close());

const row = z.strictObject({ people: z.array(z.int()), text: z.string() });

/** Sets of a few numbers, of runs, and of more than fit a list of 4,096. */
const sets = fc
  .array(
    fc.tuple(
      fc.constantFrom(0, 5, 65_530, 131_072, 3_000_000),
      fc.constantFrom(1, 1, 2, 3),
      fc.constantFrom(0, 1, 31, 32, 33, 4_096, 4_097, 20_000),
    ),
    { maxLength: 4 },
  )
  .map((runs) => {
    const numbers = runs.flatMap(([from, by, count]) => Array.from({ length: count }, (_, index) => from + index * by));
    return Uint32Array.from([...new Set(numbers)]).sort();
  });

test("a set of numbers becomes a bitmap of the engine and comes back", async () => {
  await fc.assert(
    fc.asyncProperty(sets, async (numbers) => {
      const bitmap = bitmapLiteral(PeopleBits.ofNumbers([...numbers]));
      const [answer] = await eventStore.query(
        sql`SELECT bitmapToArray(${bitmap}) AS people, base64Encode(CAST(bitmapOr(${bitmap}, bitmapBuild(${param.uint32s([7])})), 'String')) AS text`,
        row,
      );
      expect(answer?.people.sort((a, b) => a - b)).toEqual([...numbers]);
      const [again] = await eventStore.query(
        sql`SELECT bitmapToArray(${bitmapFromText(answer?.text ?? "")}) AS people, '' AS text`,
        row,
      );
      expect(again?.people.sort((a, b) => a - b)).toEqual([...new Set([...numbers, 7])].sort((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
});
