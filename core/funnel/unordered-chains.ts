import { countBits, highestBit } from "./bits";
import { type ChainEvents, emptyChain, type FindChain } from "./chain";
import type { ChainPlan } from "./chain-plan";

/**
 * Chains of steps in any order: as many different steps as there are events that do one each, all within the window of
 * the first. Exclusions, if any, are watched for from the first step on.
 *
 * From a given start, each event is taken that lets one more step be done, the steps of those before it being dealt out anew
 * where needed. Which sets of events can do a step each is a matroid, so this way is the one that does the most steps,
 * after each event as at the end, and its events are the earliest in Order, compared one by one.
 */
export function unorderedChains(plan: ChainPlan): FindChain {
  const { steps, windowMs, from: notBefore, to: before, firstEntry } = plan;
  const excludes = plan.kills.length > 0;
  const chain = emptyChain(plan);
  const taken = new Int32Array(steps);
  /** The event that does each step, or -1. */
  const doneBy = new Int32Array(steps).fill(-1);
  const waiting = new Int32Array(steps);

  /** Whether an event can do a step if those that do one may change places. `tried` are the steps already asked for. */
  let tried = 0;
  function finds(fits: Int32Array, at: number): boolean {
    for (let rest = (fits[at] ?? 0) & ~tried; rest !== 0; rest &= ~tried) {
      const step = highestBit(rest);
      tried |= 1 << step;
      const other = doneBy[step] ?? -1;
      if (other < 0 || finds(fits, other)) {
        doneBy[step] = at;
        return true;
      }
    }
    return false;
  }

  /** Takes the events of the chain from a start; `most` steps can be done at all. Answers how many are. */
  function takeFrom(events: ChainEvents, start: number, end: number, most: number): number {
    doneBy.fill(-1);
    let done = 0;
    for (let at = start; at < end && done < most; at += 1) {
      if (excludes && done > 0 && ((events.kills[at] ?? 0) & (1 << (done - 1))) !== 0) break;
      if ((events.fits[at] ?? 0) === 0) continue;
      tried = 0;
      if (finds(events.fits, at)) {
        taken[done] = at;
        done += 1;
      }
    }
    return done;
  }

  return (events, from, to) => {
    const { times, fits } = events;
    chain.depth = 0;
    waiting.fill(0);
    let within = 0;
    let end = from;
    for (let start = from; start < to && chain.depth < steps; start += 1) {
      const time = times[start] ?? 0;
      const fit = fits[start] ?? 0;
      for (; end < to && (times[end] ?? 0) - time <= windowMs; end += 1) within |= add(fits[end] ?? 0, 1);
      if (fit !== 0 && time >= notBefore && time < before) {
        const most = countBits(within);
        if (most > chain.depth) {
          const done = takeFrom(events, start, end, most);
          if (done > chain.depth) {
            chain.depth = done;
            chain.events.set(taken);
          }
        }
        if (firstEntry) break;
      }
      within &= ~add(fit, -1);
    }
    chain.length = chain.depth;
    chain.reached = (1 << chain.depth) - 1;
    for (let step = 0; step < chain.depth; step += 1) chain.steps[step] = step;
    return chain;
  };

  /** Counts an event in (1) or out (-1) of those within the window; answers the steps that it fits and that none else does. */
  function add(fit: number, by: 1 | -1): number {
    let alone = 0;
    for (let rest = fit; rest !== 0; ) {
      const step = highestBit(rest);
      rest ^= 1 << step;
      const count = (waiting[step] ?? 0) + by;
      waiting[step] = count;
      if (count === (by === 1 ? 1 : 0)) alone |= 1 << step;
    }
    return alone;
  }
}
