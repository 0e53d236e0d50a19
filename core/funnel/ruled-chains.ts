import { bitsBetween, highestBit } from "./bits";
import { type ChainEvents, emptyChain, type FindChain } from "./chain";
import type { ChainPlan } from "./chain-plan";
import { Completions, never } from "./completions";
import { earliestChain } from "./earliest-chain";

/**
 * Chains of ordered steps of which some are optional, or strict, or with exclusions. Here the earliest event need not be
 * the best, for its chain may die or leave a step out, so it is asked of each event what can still be completed from it.
 */
export function ruledChains(plan: ChainPlan): FindChain {
  const { steps, windowMs, from: notBefore, to: before, firstEntry, previous, optional } = plan;
  const strict = plan.order === "strict";
  const excludes = plan.kills.length > 0;
  const chain = emptyChain(plan);
  const latestStart = new Int32Array(steps);
  const completions = new Completions(plan);

  /**
   * Carries for each step the latest start of a living chain that stands at it, and tells `visit` of each event that does a
   * step in some chain, with the latest start of those. Answers the set of all steps reached.
   */
  function eachReached(
    { times, fits, kills }: ChainEvents,
    from: number,
    to: number,
    visit?: (at: number, step: number, start: number) => void,
  ): number {
    let living = 0;
    let reached = 0;
    for (let at = from; at < to; at += 1) {
      const time = times[at] ?? 0;
      const fit = fits[at] ?? 0;
      if (excludes) living &= ~(kills[at] ?? 0);
      let now = 0;
      // From the last step to the first, so that one event never serves two.
      for (let rest = fit & ~1; rest !== 0; ) {
        const step = highestBit(rest);
        rest ^= 1 << step;
        let start = -1;
        for (let standing = (previous[step] ?? 0) & living; standing !== 0; ) {
          const stands = highestBit(standing);
          standing ^= 1 << stands;
          start = Math.max(start, latestStart[stands] ?? -1);
        }
        if (start < 0 || time - (times[start] ?? 0) > windowMs) continue;
        visit?.(at, step, start);
        const known = !strict && (living & (1 << step)) !== 0 ? (latestStart[step] ?? -1) : -1;
        latestStart[step] = Math.max(start, known);
        now |= 1 << step;
      }
      if ((fit & 1) !== 0 && time >= notBefore && time < before && !(firstEntry && (reached & 1) !== 0)) {
        latestStart[0] = at;
        now |= 1;
      }
      living = strict ? now : living | now;
      reached |= now;
    }
    return reached;
  }

  /** The first event that starts a chain which does step `last` in time. */
  function firstStart({ times, fits }: ChainEvents, from: number, to: number, last: number): number {
    for (let at = from; at < to; at += 1) {
      const time = times[at] ?? 0;
      if (((fits[at] ?? 0) & 1) === 0 || time < notBefore || time >= before) continue;
      const end = last === 0 ? at : completions.from(at + 1, 0);
      if (firstEntry || (end !== never && (times[end] ?? 0) - time <= windowMs)) return at;
    }
    return to;
  }

  return (events, from, to) => {
    const all = eachReached(events, from, to);
    chain.depth = all === 0 ? 0 : highestBit(all) + 1;
    chain.length = 0;
    chain.reached = 0;
    if (all === 0) return chain;
    const last = chain.depth - 1;
    completions.find(events, from, to, last);
    earliestChain(plan, events, completions, firstStart(events, from, to, last), to, last, chain);
    chain.reached = bitsBetween(0, last + 1) & ~(optional & bitsBetween(0, last));
    if ((optional & bitsBetween(0, last)) !== 0) {
      eachReached(events, from, to, (at, step, start) => {
        if ((optional & (1 << step)) === 0 || step >= last) return;
        const end = completions.from(at + 1, step);
        if (end !== never && (events.times[end] ?? 0) - (events.times[start] ?? 0) <= windowMs) {
          chain.reached |= 1 << step;
        }
      });
    }
    return chain;
  };
}
