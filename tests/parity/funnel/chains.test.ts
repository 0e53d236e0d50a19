import fc from "fast-check";
import { expect, test } from "vitest";
import type { Moment } from "@/core/audience/operators";
import type { HistoryMessage } from "@/core/event/message";
import { evaluateFunnel } from "@/core/funnel/evaluate";
import type { FunnelRules } from "@/core/funnel/rules";
import { seed } from "@/tests/support/seed";
import { type OracleFunnel, resultByTryingAll } from "./every-chain";

const second = 1_000;
const start = Date.UTC(2026, 10, 23);
const moment: Moment = { now: start + 1_000 * second, timeZone: "UTC" };
const runs = Number(process.env.PARITY_PAIRS ?? 4_000);

/** Whether each of four steps and two exclusions fits, as properties that the funnel filters by. */
const event = fc.record({
  gap: fc.constantFrom(0, 0, 1, 1, 2, 3),
  fits: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
  excluded: fc.oneof(
    { weight: 3, arbitrary: fc.constant<number[]>([]) },
    { weight: 1, arbitrary: fc.subarray<number>([0, 1]) },
  ),
});

const funnels: fc.Arbitrary<OracleFunnel> = fc.record({
  steps: fc
    .array(fc.boolean(), { minLength: 1, maxLength: 4, size: "max" })
    .map((optional) => optional.map((skips, index) => ({ optional: skips && index > 0 }))),
  order: fc.constantFrom("ordered", "ordered", "strict", "unordered"),
  entry: fc.constantFrom("any", "any", "first"),
  windowMs: fc.oneof(
    fc.constant(null),
    fc.integer({ min: 1, max: 8 }).map((seconds) => seconds * second),
  ),
  range: fc.option(
    fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 8 })).map(([from, length]) => ({
      from: start + from * second,
      to: start + (from + length) * second,
    })),
    { freq: 3 },
  ),
  exclude: fc.array(fc.record({ after: fc.integer({ min: 1, max: 3 }), before: fc.integer({ min: 2, max: 4 }) }), {
    maxLength: 2,
  }),
});

function rulesOf({ steps, order, entry, windowMs, range, exclude }: OracleFunnel): FunnelRules {
  const has = (property: string) => [{ property, op: "exists" as const }];
  return {
    steps: steps.map(({ optional }, index) => ({ event: "E", where: has(`step${index + 1}`), optional })),
    order,
    entry,
    window: windowMs === null ? null : { amount: windowMs / second, unit: "second" },
    range: range ? { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() } : undefined,
    exclude: exclude.map((between, index) => ({ event: "E", where: has(`exclusion${index}`), ...between })),
  };
}

test(`the deciding chain is what trying every chain finds (seed ${seed})`, { timeout: 3_600_000 }, () => {
  fc.assert(
    fc.property(funnels, fc.array(event, { maxLength: 8, size: "max" }), (drawn, gaps) => {
      const funnel: OracleFunnel = {
        ...drawn,
        steps: drawn.steps.map(({ optional }) => ({ optional: optional && drawn.order !== "unordered" })),
        exclude: drawn.exclude.filter(({ after, before }) => after < before && before <= drawn.steps.length),
      };
      let timestamp = start;
      const history = gaps.map(({ gap, fits, excluded }) => {
        timestamp += gap * second;
        return { timestamp, fits: [...new Set(fits)].filter((step) => step <= funnel.steps.length), excluded };
      });
      const messages = history.map(({ timestamp, fits, excluded }, arrival): HistoryMessage => {
        const properties = Object.fromEntries([
          ...fits.map((step) => [`step${step}`, 1]),
          ...excluded.map((index) => [`exclusion${index}`, 1]),
        ]);
        return { messageId: `${arrival}`, type: "track", event: "E", timestamp, arrival, properties, context: {} };
      });
      const expected = resultByTryingAll(funnel, history);
      const { depth, chain, reached } = evaluateFunnel(rulesOf(funnel), messages, moment);
      expect({
        depth,
        events: chain.map(({ message }) => message.arrival),
        steps: chain.map(({ step }) => step),
        reached,
      }).toEqual(expected);
    }),
    { seed, numRuns: runs },
  );
});
