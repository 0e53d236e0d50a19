import { highestBit } from "./bits";
import type { ChainEvents } from "./chain";
import type { ChainPlan } from "./chain-plan";

/** Stands for "no event": a chain cannot be completed. */
export const never = 0x7fffffff;

/** For each event of a person and each step: where a chain that stands at the step when the event comes can first do the last step. */
export class Completions {
  readonly #plan: ChainPlan;
  #first = 0;
  /** A row of one number for each step before the last, for each event and for the time after them all. */
  #ends = new Int32Array(0);
  #width = 0;

  constructor(plan: ChainPlan) {
    this.#plan = plan;
  }

  /** The position of the earliest event that does the last step in a chain that stands at `step` when the event `at` comes. */
  from(at: number, step: number): number {
    return this.#ends[(at - this.#first) * this.#width + step] ?? never;
  }

  /** Goes through a person's events from the last to the first. Windows are not looked at. */
  find({ fits, kills }: ChainEvents, from: number, to: number, last: number): void {
    const { next } = this.#plan;
    const strict = this.#plan.order === "strict";
    const excludes = this.#plan.kills.length > 0;
    const width = last;
    const rows = to - from + 1;
    if (this.#ends.length < rows * width) this.#ends = new Int32Array(rows * width * 2);
    const ends = this.#ends;
    this.#first = from;
    this.#width = width;
    ends.fill(never, (rows - 1) * width, rows * width);
    for (let at = to - 1; at >= from; at -= 1) {
      const row = (at - from) * width;
      const after = row + width;
      const fit = fits[at] ?? 0;
      const killed = excludes ? (kills[at] ?? 0) : 0;
      for (let step = 0; step < last; step += 1) {
        let end = strict ? never : (ends[after + step] ?? never);
        if ((killed & (1 << step)) !== 0) {
          end = never;
        } else {
          for (let rest = fit & (next[step] ?? 0); rest !== 0; ) {
            const later = highestBit(rest);
            rest ^= 1 << later;
            if (later === last) end = at;
            else if (later < last) end = Math.min(end, ends[after + later] ?? never);
          }
        }
        ends[row + step] = end;
      }
    }
  }
}
