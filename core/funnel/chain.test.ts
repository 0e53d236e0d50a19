import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChainRules, deepestChain, type StepEvent } from "./chain";

interface NamedEvent extends StepEvent {
  name: string;
}

/** Events in Order, written as `time:steps that they fit`. */
function history(text: string, steps: number): NamedEvent[] {
  return text
    .split(" ")
    .filter(Boolean)
    .map((name, index) => {
      const [time = "", fits = ""] = name.split(":");
      return {
        name: `${index}`,
        timestamp: Number(time),
        fits: Array.from({ length: steps }, (_, step) => fits.includes(`${step + 1}`)),
      };
    });
}

function chain(text: string, steps: number, rules: Partial<ChainRules> = {}): string {
  const events = deepestChain(history(text, steps), { steps, windowMs: null, range: null, ...rules });
  return events.map(({ name }) => name).join(" ");
}

describe("the deciding chain", () => {
  it.each([
    ["nobody starts without step 1", "0:2 1:3", 3, {}, ""],
    ["steps in order, others between", "0:1 1: 2:2 3: 4:3", 3, {}, "0 2 4"],
    ["a later step before an earlier one does not count", "0:2 1:1", 2, {}, "1"],
    ["equal timestamps advance in arrival order", "5:1 5:2 5:3", 3, {}, "0 1 2"],
    ["equal timestamps do not advance against arrival order", "5:2 5:1", 2, {}, "1"],
    ["one event never serves two steps", "0:12", 2, {}, "0"],
    ["a repeated step needs two events", "0:12 0:12", 2, {}, "0 1"],
    ["the window is inclusive", "0:1 10:2", 2, { windowMs: 10 }, "0 1"],
    ["and closes after that", "0:1 11:2", 2, { windowMs: 10 }, "0"],
    ["each step is measured from the first", "0:1 6:2 12:3", 3, { windowMs: 10 }, "0 1"],
    ["a later start may get deeper", "0:1 8:1 12:2", 2, { windowMs: 10 }, "1 2"],
    ["of the deepest the one that starts first", "0:1 5:1 10:2 14:2", 2, { windowMs: 10 }, "0 2"],
    ["also when a later start ends at the same event", "0:1 1:1 2:2", 2, {}, "0 2"],
    ["of those the earliest events", "0:1 1:2 2:2 3:3", 3, {}, "0 1 3"],
    ["depth goes before an early start", "0:1 1:2 20:1 21:2 22:3", 3, { windowMs: 5 }, "2 3 4"],
    ["the range bounds the first event from below", "4:1 5:1 6:2", 2, { range: { from: 5, to: 9 } }, "1 2"],
    ["from above, exclusive", "9:1 10:2", 2, { range: { from: 5, to: 9 } }, ""],
    ["later steps may lie outside of it", "8:1 50:2", 2, { range: { from: 5, to: 9 } }, "0 1"],
    ["an event outside the range may serve a later step", "1:1 8:1 9:12", 2, { range: { from: 5, to: 9 } }, "1 2"],
    ["one step only", "3:1 4:1", 1, {}, "0"],
  ] as const)("%s", (_, text, steps, rules, expected) => {
    expect(chain(text, steps, rules)).toBe(expected);
  });

  it("is what trying every chain finds", () => {
    const event = fc.record({ gap: fc.nat(4), fits: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }) });
    const windowMs = fc.option(fc.nat(10));
    const range = fc.option(fc.record({ from: fc.nat(8), to: fc.nat(20) }));
    fc.assert(
      fc.property(fc.array(event, { maxLength: 9 }), windowMs, range, (gaps, windowMs, range) => {
        let timestamp = 0;
        const events = gaps.map(({ gap, fits }, index) => {
          timestamp += gap;
          return { index, timestamp, fits };
        });
        const rules = { steps: 3, windowMs, range };
        const expected = everyChain(events, rules).sort(byTieRule)[0] ?? [];
        expect(deepestChain(events, rules).map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
      }),
      { numRuns: 2_000 },
    );
  });
});

type Indexed = StepEvent & { index: number };

function everyChain(events: readonly Indexed[], { steps, windowMs, range }: ChainRules): Indexed[][] {
  const extend = (chain: Indexed[]): Indexed[][] => {
    const next = events.filter((event) => {
      const [first] = chain;
      if (!event.fits[chain.length] || chain.length === steps) return false;
      if (!first) return !range || (event.timestamp >= range.from && event.timestamp < range.to);
      const after = event.index > (chain.at(-1)?.index ?? -1);
      return after && (windowMs === null || event.timestamp - first.timestamp <= windowMs);
    });
    return [chain, ...next.flatMap((event) => extend([...chain, event]))];
  };
  return extend([]).filter((chain) => chain.length > 0);
}

function byTieRule(a: Indexed[], b: Indexed[]): number {
  if (a.length !== b.length) return b.length - a.length;
  const different = a.findIndex(({ index }, position) => index !== b[position]?.index);
  return different < 0 ? 0 : (a[different]?.index ?? 0) - (b[different]?.index ?? 0);
}
