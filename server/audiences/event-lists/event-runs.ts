import { type PackedEvents, placeOf } from "@/core/funnel/packed-events";
import type { NativeBlock } from "@/server/event-store/native";

/** Rows of one step's events in ascending order of people, as they lie in the engine's answer: from ≤ row < to. */
export interface Run {
  readonly step: number;
  readonly from: number;
  readonly to: number;
  /** The person at place 0. */
  readonly base: number;
  readonly events: PackedEvents;
  /** Float64, where they were asked for. */
  readonly arrivals: DataView | undefined;
}

/** The runs of a block of `packedRows`. */
export function runsOf(block: NativeBlock, { base, arrivals }: { base: number; arrivals: boolean }): Run[] {
  const events = block.view("packed", "UInt64");
  const columns = { base, events, arrivals: arrivals ? block.view("arrival", "Float64") : undefined };
  const runs: Run[] = [];
  for (const { step, from: first, to } of stepsOf(block)) {
    let from = first;
    let before = 0;
    for (let row = first; row < to; row += 1) {
      const place = placeOf(events, row);
      if (place < before) {
        runs.push({ ...columns, step, from, to: row });
        from = row;
      }
      before = place;
    }
    runs.push({ ...columns, step, from, to });
  }
  return runs;
}

/** The rows of a block of `packedRows`, those of one step after the other as they come: from ≤ row < to. */
export function stepsOf(block: NativeBlock): { step: number; from: number; to: number }[] {
  const steps = block.bytes("step", "UInt8");
  const found: { step: number; from: number; to: number }[] = [];
  for (let from = 0; from < steps.length; ) {
    const step = steps[from] ?? 0;
    const to = endOfStep(steps, from, step);
    found.push({ step, from, to });
    from = to;
  }
  return found;
}

/** So many rows are compared at a time. */
const rowsAtOnce = 1_024;

/** Where the rows of one step end that begin at `from`: thousands later, as a rule. */
function endOfStep(steps: Uint8Array, from: number, step: number): number {
  const some = Buffer.alloc(rowsAtOnce, step);
  let to = from + 1;
  while (to + rowsAtOnce <= steps.length && some.compare(steps, to, to + rowsAtOnce) === 0) to += rowsAtOnce;
  while (to < steps.length && steps[to] === step) to += 1;
  return to;
}

/** The first row of a run whose person's number is not below this one. */
export function rowOf(profile: number, { from, to, base, events }: Run): number {
  const wanted = profile - base;
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (placeOf(events, middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
