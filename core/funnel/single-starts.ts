import { type Chain, emptyChain } from "./chain";
import type { ChainPlan } from "./chain-plan";
import { countOf, type PackedEvents, placeOf, timeOf } from "./packed-events";

const unreached = Infinity;

/** Whether the first event that can start a chain decides, however many there are: with no limit of time, later ones get no further. */
export function firstStartDecides({ firstEntry, windowMs }: ChainPlan): boolean {
  return firstEntry || windowMs === Infinity;
}

/**
 * The chains of `listedChains` for people of whom one event starts a chain, or the first alone decides: then each next event is the
 * earliest after the one before, and the events of a step can be told in any order, one step after the other. Call `addStarts`
 * with the events of the first step, then for each later step `addNext` with its events and `endStep`.
 */
export class SingleStarts {
  /** Step by step, for each person when it was done, in milliseconds since the epoch. */
  readonly times: Float64Array;
  readonly #chain: Chain;
  /** Of each person: whether several events start chains, or the order of arrival decides, so that it is not told here. */
  readonly #untold: Uint8Array;

  /** Of people whose places are below `people`. */
  constructor(
    readonly plan: ChainPlan,
    readonly people: number,
  ) {
    this.times = new Float64Array(people * plan.steps).fill(unreached);
    this.#untold = new Uint8Array(people);
    this.#chain = emptyChain(plan);
    for (let step = 0; step < plan.steps; step += 1) this.#chain.steps[step] = step;
  }

  addStarts(events: PackedEvents): void {
    const { times, plan } = this;
    const { from, to } = plan;
    const untold = this.#untold;
    const often = firstStartDecides(plan) ? 0 : 1;
    const rows = countOf(events);
    for (let row = 0; row < rows; row += 1) {
      const time = timeOf(events, row);
      if (time < from || time >= to) continue;
      const person = placeOf(events, row);
      const known = times[person] ?? 0;
      if (known !== unreached) untold[person] = (untold[person] ?? 0) | often;
      if (time < known) times[person] = time;
    }
  }

  /** Events of a step after the first, from 0. */
  addNext(step: number, events: PackedEvents): void {
    const { people } = this;
    const before = this.times.subarray((step - 1) * people, step * people);
    const times = this.times.subarray(step * people, (step + 1) * people);
    const untold = this.#untold;
    const rows = countOf(events);
    for (let row = 0; row < rows; row += 1) {
      const person = placeOf(events, row);
      const time = timeOf(events, row);
      const since = before[person] ?? 0;
      if (time > since) {
        if (time < (times[person] ?? 0)) times[person] = time;
      } else if (time === since) untold[person] = 1;
    }
  }

  /** After the last event of a step. */
  endStep(step: number): void {
    const { times, people } = this;
    const { windowMs } = this.plan;
    if (windowMs === Infinity) return;
    const offset = step * people;
    for (let person = 0; person < people; person += 1) {
      if ((times[offset + person] ?? 0) - (times[person] ?? 0) > windowMs) times[offset + person] = unreached;
    }
  }

  /** A person's chain; undefined where it is not told here. Overwritten by the next call. */
  chainOf(person: number): Chain | undefined {
    if (this.#untold[person] === 1) return undefined;
    const { times, people, plan } = this;
    const chain = this.#chain;
    let depth = 0;
    for (let at = person; depth < plan.steps && (times[at] ?? unreached) !== unreached; at += people) {
      chain.events[depth] = at;
      depth += 1;
    }
    chain.depth = depth;
    chain.length = depth;
    chain.reached = (1 << depth) - 1;
    return chain;
  }
}
