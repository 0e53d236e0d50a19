import type { NativeBlock } from "@/server/event-store/native";

/** Rows of one step's events in ascending order of people, as they lie in the engine's answer: from ≤ row < to. */
export interface Run {
  readonly step: number;
  readonly from: number;
  readonly to: number;
  /** Numbers of people, UInt32. */
  readonly profiles: DataView;
  /** Milliseconds since the epoch, Float64. */
  readonly times: DataView;
  /** Float64, where they were asked for. */
  readonly arrivals: DataView | undefined;
}

/** The runs of a block whose columns are those of `listedEventRows`. */
export function runsOf(block: NativeBlock, { arrivals }: { arrivals: boolean }): Run[] {
  const columns = {
    profiles: block.view("profile", "UInt32"),
    times: block.view("time", "Float64"),
    arrivals: arrivals ? block.view("arrival", "Float64") : undefined,
  };
  const { profiles } = columns;
  const steps = block.view("step", "UInt8");
  const runs: Run[] = [];
  let from = 0;
  let before = 0;
  for (let row = 1; row <= block.rows; row += 1) {
    const profile = row < block.rows ? profiles.getUint32(row * 4, true) : 0;
    const step = steps.getUint8(row - 1);
    if (row === block.rows || profile < before || steps.getUint8(row) !== step) {
      runs.push({ step, from, to: row, ...columns });
      from = row;
    }
    before = profile;
  }
  return runs;
}

/** The first row of a run whose person's number is not below this one. */
export function rowOf(profile: number, { from, to, profiles }: Run): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (profiles.getUint32(middle * 4, true) < profile) low = middle + 1;
    else high = middle;
  }
  return low;
}
