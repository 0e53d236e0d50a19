import { highestBit } from "./bits";
import { type ChainEvents, emptyChain, type FindChain } from "./chain";
import type { ChainPlan } from "./chain-plan";

/**
 * Chains of ordered steps, none of them optional, without exclusions.
 *
 * 1. One pass carries, for each step, the latest start of a chain that has reached it: it has the most of its window left,
 *    so it decides how deep anybody gets.
 * 2. Of the deepest chains the one that starts first is also the first to end: its start may be any event within the
 *    window of the first event at which that depth is reached. So it is the first of those that can start one.
 * 3. From there it takes the earliest event that fits the next step, again and again: an earlier one leaves more events,
 *    and more of the window, for the steps after it.
 */
export function ordinaryChains(plan: ChainPlan): FindChain {
  const { steps, windowMs, from: notBefore, to: before, firstEntry } = plan;
  const chain = emptyChain(plan);
  const latestStart = new Int32Array(steps);

  /** The first event at which the greatest depth is reached. Sets the depth. */
  function firstEnd({ times, fits }: ChainEvents, from: number, to: number): number {
    let reached = 0;
    let end = -1;
    chain.depth = 0;
    for (let at = from; at < to && chain.depth < steps; at += 1) {
      const time = times[at] ?? 0;
      const fit = fits[at] ?? 0;
      // From the last step to the second, so that one event never serves two.
      for (let rest = fit & (reached << 1); rest !== 0; ) {
        const step = highestBit(rest);
        rest ^= 1 << step;
        const start = latestStart[step - 1] ?? 0;
        if (time - (times[start] ?? 0) > windowMs) continue;
        latestStart[step] = start;
        reached |= 1 << step;
        if (step >= chain.depth) {
          chain.depth = step + 1;
          end = at;
        }
      }
      if ((fit & 1) !== 0 && time >= notBefore && time < before && !(firstEntry && reached !== 0)) {
        latestStart[0] = at;
        reached |= 1;
        if (chain.depth === 0) {
          chain.depth = 1;
          end = at;
        }
      }
    }
    return end;
  }

  function firstStart({ times, fits }: ChainEvents, from: number, end: number): number {
    const since = Math.max(notBefore, (times[end] ?? 0) - windowMs);
    for (let at = from; at < end; at += 1) {
      if (((fits[at] ?? 0) & 1) !== 0 && (times[at] ?? 0) >= since && (times[at] ?? 0) < before) return at;
    }
    return end;
  }

  return (events, from, to) => {
    const end = firstEnd(events, from, to);
    const { depth } = chain;
    let at = depth > 1 ? firstStart(events, from, end) : end;
    for (let step = 0; step < depth; step += 1) {
      while (((events.fits[at] ?? 0) & (1 << step)) === 0) at += 1;
      chain.events[step] = at;
      chain.steps[step] = step;
      at += 1;
    }
    chain.length = depth;
    chain.reached = (1 << depth) - 1;
    return chain;
  };
}
