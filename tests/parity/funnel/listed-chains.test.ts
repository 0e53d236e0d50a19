import fc from "fast-check";
import { expect, test } from "vitest";
import type { HistoryMessage } from "@/core/event/message";
import type { Chain } from "@/core/funnel/chain";
import { chainPlan } from "@/core/funnel/chain-plan";
import { evaluateFunnel } from "@/core/funnel/evaluate";
import { hasListedSteps, listedChains } from "@/core/funnel/listed-chains";
import { bitsOfTime } from "@/core/funnel/packed-events";
import type { FunnelRules } from "@/core/funnel/rules";
import { firstStartDecides, SingleStarts } from "@/core/funnel/single-starts";
import { personLists } from "@/tests/support/person-lists";
import { seed } from "@/tests/support/seed";

const second = 1_000;
const start = Date.UTC(2026, 10, 23);
const moment = { now: start + 1_000 * second, timeZone: "UTC" };
const runs = Number(process.env.PARITY_PAIRS ?? 4_000);
const iso = (seconds: number) => new Date(start + seconds * second).toISOString();

const funnels = fc.record(
  {
    steps: fc
      .integer({ min: 1, max: 4 })
      .map((count) => Array.from({ length: count }, (_, step) => ({ event: `E${step}` }))),
    window: fc.option(fc.record({ amount: fc.integer({ min: 1, max: 8 }), unit: fc.constant("second" as const) })),
    entry: fc.constantFrom("any" as const, "first" as const),
    range: fc
      .tuple(fc.nat(4), fc.integer({ min: 1, max: 8 }))
      .map(([from, length]) => ({ from: iso(from), to: iso(from + length) })),
  },
  { requiredKeys: ["steps", "window"] },
);
/** Gaps of nought are events of one time. */
const histories = fc.array(fc.record({ gap: fc.constantFrom(0, 1, 1, 2, 3), step: fc.nat(3) }), {
  maxLength: 10,
  size: "max",
});

const timesOf = (chain: Chain, times: Float64Array) =>
  Array.from(chain.events.subarray(0, chain.length), (at) => times[at]);

function packedEvents(events: readonly { place: number; time: number }[]): DataView {
  const view = new DataView(new ArrayBuffer(events.length * 8));
  for (const [row, { place, time }] of events.entries()) {
    view.setBigUint64(row * 8, (BigInt(place) << BigInt(bitsOfTime)) | BigInt(time), true);
  }
  return view;
}

test(`events read as a list for each step make the same chains (seed ${seed})`, { timeout: 3_600_000 }, () => {
  fc.assert(
    fc.property(funnels, histories, (drawn, gaps) => {
      const rules: FunnelRules = drawn;
      expect(hasListedSteps(rules)).toBe(true);
      let timestamp = start;
      const messages = gaps.map(({ gap, step }, arrival): HistoryMessage => {
        timestamp += gap * second;
        return { messageId: "", type: "track", event: `E${step}`, timestamp, arrival, properties: {}, context: {} };
      });
      const { depth, chain } = evaluateFunnel(rules, messages, moment);
      const expected = { depth, times: chain.map(({ message }) => message.timestamp) };
      const lists = rules.steps.map((_, step) => messages.filter(({ event }) => event === `E${step}`));
      const plan = chainPlan(rules, moment);
      const times = new Float64Array(plan.steps);
      const find = listedChains(plan, times);

      const found = find(personLists(lists));
      expect(found && { depth: found.depth, times: timesOf(found, times) }).toEqual(expected);

      const isTied = new Set(gaps.map((_, at) => messages[at]?.timestamp)).size < gaps.length;
      const without = find({ ...personLists(lists), arrivals: undefined });
      if (without) expect({ depth: without.depth, times: timesOf(without, times) }).toEqual(expected);
      else expect(isTied).toBe(true);

      const singles = new SingleStarts(plan, 2);
      for (const [step, list] of lists.entries()) {
        // In any order: parts of the store arrive as they please.
        const packed = packedEvents([...list].reverse().map(({ timestamp }) => ({ place: 1, time: timestamp })));
        if (step === 0) singles.addStarts(packed);
        else singles.addNext(step, packed);
        if (step > 0) singles.endStep(step);
      }
      expect(singles.chainOf(0)?.depth).toBe(0);
      const single = singles.chainOf(1);
      const starts = lists[0]?.filter(({ timestamp }) => timestamp >= plan.from && timestamp < plan.to).length ?? 0;
      if (single) expect({ depth: single.depth, times: timesOf(single, singles.times) }).toEqual(expected);
      else expect(isTied || (starts > 1 && !firstStartDecides(plan))).toBe(true);
    }),
    { seed, numRuns: runs },
  );
});
