import fc from "fast-check";
import { expect, test } from "vitest";
import type { SequenceNode } from "@/core/audience/definition";
import { hasListedMatches, listedSequence, sequenceMatches } from "@/core/audience/listed-sequence";
import { sequenceHolds } from "@/core/audience/sequence";
import { subjectAt } from "@/core/audience/subject";
import type { HistoryMessage } from "@/core/event/message";
import { personLists } from "@/tests/support/person-lists";
import { seed } from "@/tests/support/seed";

const second = 1_000;
const start = Date.UTC(2026, 10, 23);
const runs = Number(process.env.PARITY_PAIRS ?? 4_000);
const within = fc.option(
  fc.record({
    amount: fc.integer({ min: 1, max: 6 }),
    unit: fc.constant("second" as const),
    of: fc.constantFrom("previous" as const, "first" as const),
  }),
  { nil: undefined },
);

/** The events of each step are of a name of their own, and those of `thenNot` too. */
const sequences = fc
  .record({
    within: fc.array(within, { minLength: 2, maxLength: 4 }),
    stops: fc.boolean(),
    free: fc.option(fc.integer({ min: 1, max: 6 })),
  })
  .map(({ within, stops, free }): SequenceNode => {
    const stop = {
      event: `E${within.length}`,
      ...(free !== null && { within: { amount: free, unit: "second" as const } }),
    };
    return {
      kind: "sequence",
      steps: within.map((within, step) => ({ event: `E${step}`, ...(step > 0 && within && { within }) })),
      ...(stops && { thenNot: stop }),
    };
  });
const histories = fc.array(fc.record({ gap: fc.constantFrom(0, 1, 1, 2, 3), step: fc.nat(4) }), {
  maxLength: 12,
  size: "max",
});

test(`events read as a list for each step make the same sequences (seed ${seed})`, { timeout: 3_600_000 }, () => {
  fc.assert(
    fc.property(sequences, histories, fc.nat(8), (node, gaps, later) => {
      expect(hasListedMatches(node)).toBe(true);
      let timestamp = start;
      const messages = gaps.map(({ gap, step }, arrival): HistoryMessage => {
        timestamp += gap * second;
        return { messageId: "", type: "track", event: `E${step}`, timestamp, arrival, properties: {}, context: {} };
      });
      const now = timestamp + later * second;
      const person = { userId: "u", anonymousIds: [], messages };
      const expected = sequenceHolds(node, subjectAt(person, { now, timeZone: "UTC" }));
      const lists = sequenceMatches(node).map(({ event }) => messages.filter((message) => message.event === event));
      const holds = listedSequence(node, now);
      expect(holds(personLists(lists))).toBe(expected);
      const without = holds({ ...personLists(lists), arrivals: undefined });
      const times = lists.flat().map((message) => message.timestamp);
      if (without === undefined) expect(new Set(times).size).toBeLessThan(times.length);
      else expect(without).toBe(expected);
    }),
    { seed, numRuns: runs },
  );
});
