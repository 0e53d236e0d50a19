import { type Chain, emptyChain } from "./chain";
import type { ChainPlan } from "./chain-plan";

const unreached = Infinity;

/**
 * The chains of `listedChains` for people of whom one event starts a chain, or the first alone does: then each next event is the
 * earliest after the one before, and a person's events can be told in any order, one step after the other. Call `clear`, `addStart`
 * for each event of the first step, then for each later step `addNext` of its events and `endStep`.
 */
export class SingleStarts {
  /** For each person and step when the step was done, in milliseconds since the epoch. */
  readonly times: Float64Array;
  readonly #chain: Chain;
  readonly #steps: number;
  /** Of each person: how many starts there are, and whether the order of arrival decides. */
  readonly #starts: Uint8Array;
  readonly #tied: Uint8Array;
  #people = 0;

  constructor(
    readonly plan: ChainPlan,
    most: number,
  ) {
    this.#steps = plan.steps;
    this.times = new Float64Array(most * plan.steps);
    this.#starts = new Uint8Array(most);
    this.#tied = new Uint8Array(most);
    this.#chain = emptyChain(plan);
    for (let step = 0; step < plan.steps; step += 1) this.#chain.steps[step] = step;
  }

  /** For so many people, `most` of the constructor or fewer. */
  clear(people: number): void {
    this.#people = people;
    this.times.fill(unreached, 0, people * this.#steps);
    this.#starts.fill(0, 0, people);
    this.#tied.fill(0, 0, people);
  }

  addStart(person: number, time: number): void {
    if (time < this.plan.from || time >= this.plan.to) return;
    const at = person * this.#steps;
    if (this.#starts[person] !== 0 && !this.plan.firstEntry) {
      this.#starts[person] = 2;
      // Nothing follows it: the person's chain is found in another way.
      this.times[at] = unreached;
      return;
    }
    this.#starts[person] = 1;
    if (time < (this.times[at] ?? 0)) this.times[at] = time;
  }

  /** An event of a step after the first, from 0. */
  addNext(step: number, person: number, time: number): void {
    const at = person * this.#steps + step;
    const before = this.times[at - 1] ?? 0;
    if (time > before) {
      if (time < (this.times[at] ?? 0)) this.times[at] = time;
    } else if (time === before) this.#tied[person] = 1;
  }

  /** After the last event of a step. */
  endStep(step: number): void {
    const { times } = this;
    const { windowMs } = this.plan;
    if (windowMs === Infinity) return;
    for (let at = 0; at < this.#people * this.#steps; at += this.#steps) {
      if ((times[at + step] ?? 0) - (times[at] ?? 0) > windowMs) times[at + step] = unreached;
    }
  }

  /** Whether several events of a person start chains, which are not found here. */
  startsOften(person: number): boolean {
    return this.#starts[person] === 2;
  }

  /** A person's chain; undefined where it depends on which of two events of one time came first. Overwritten by the next call. */
  chainOf(person: number): Chain | undefined {
    if (this.#tied[person] === 1) return undefined;
    const chain = this.#chain;
    const first = person * this.#steps;
    let depth = 0;
    while (depth < this.#steps && (this.times[first + depth] ?? unreached) !== unreached) {
      chain.events[depth] = first + depth;
      depth += 1;
    }
    chain.depth = depth;
    chain.length = depth;
    chain.reached = (1 << depth) - 1;
    return chain;
  }
}
