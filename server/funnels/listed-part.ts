import type { Chain } from "@/core/funnel/chain";
import { listedChains } from "@/core/funnel/listed-chains";
import { SingleStarts } from "@/core/funnel/single-starts";
import { type Run, rowOf } from "@/server/audiences/event-lists/event-runs";
import { ListedRows } from "@/server/audiences/event-lists/listed-rows";
import { stretch } from "@/server/audiences/event-lists/stretches";
import type { FunnelQuery } from "./funnel-query";
import type { ReadPart } from "./read-part";

/** A part of the people whose events each fit one step. Whoever starts once needs no list of their events. */
export class ListedPart implements ReadPart {
  readonly groupOf = undefined;
  times: Float64Array;
  readonly #rows: ListedRows;
  readonly #singles: SingleStarts | undefined;
  readonly #finders;
  #from = 0;

  constructor(
    readonly runs: readonly Run[],
    readonly query: FunnelQuery,
    arrivals: boolean,
  ) {
    const { plans } = query;
    this.#rows = new ListedRows(runs, plans[0].steps, arrivals);
    this.#finders = plans.map(listedChains);
    // Where the order of arrival was read it is looked at.
    if (plans.length === 1 && !arrivals) this.#singles = new SingleStarts(plans[0], stretch);
    this.times = this.#rows.times;
  }

  open(from: number, to: number): void {
    this.#from = from;
    const singles = this.#singles;
    if (!singles) {
      this.#rows.open(from, to, () => true);
      return;
    }
    singles.clear(to - from);
    for (let step = 0; step < this.query.plans[0].steps; step += 1) {
      for (const run of this.runs) {
        if (run.step !== step) continue;
        if (step === 0) addStarts(singles, run, from, to);
        else addNext(singles, run, from, to);
      }
      if (step > 0) singles.endStep(step);
    }
    for (let person = 0; person < to - from; person += 1) {
      if (!singles.startsOften(person)) continue;
      this.#rows.open(from, to, (other) => singles.startsOften(other));
      return;
    }
  }

  chainOf(profile: number, plan: number): Chain | undefined {
    const person = profile - this.#from;
    if (this.#singles && !this.#singles.startsOften(person)) {
      this.times = this.#singles.times;
      return this.#singles.chainOf(person);
    }
    this.times = this.#rows.times;
    return this.#finders[plan]?.(this.#rows, person * this.query.plans[0].steps);
  }
}

function addStarts(singles: SingleStarts, run: Run, from: number, to: number): void {
  for (let row = rowOf(from, run); row < run.to; row += 1) {
    const profile = run.profiles.getUint32(row * 4, true);
    if (profile >= to) break;
    singles.addStart(profile - from, run.times.getFloat64(row * 8, true));
  }
}

function addNext(singles: SingleStarts, run: Run, from: number, to: number): void {
  for (let row = rowOf(from, run); row < run.to; row += 1) {
    const profile = run.profiles.getUint32(row * 4, true);
    if (profile >= to) break;
    singles.addNext(run.step, profile - from, run.times.getFloat64(row * 8, true));
  }
}
