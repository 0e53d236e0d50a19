import { countBits, highestBit } from "./bits";
import { type ChainEvents, emptyChain, type FindChain } from "./chain";
import type { ChainPlan } from "./chain-plan";

/** Sets of steps are gone through one by one, so there must not be too many steps. */
export const maxWatchedSteps = 10;

/**
 * Chains of steps in any order with an exclusion that is watched for only once several steps are done. A chain may gain by
 * leaving steps for later, so all sets of steps that can be done are followed. Rare, and slower than the others.
 */
export function watchedUnorderedChains(plan: ChainPlan): FindChain {
  const { steps, windowMs, from: notBefore, to: before, firstEntry } = plan;
  const chain = emptyChain(plan);
  const sets = 1 << steps;
  /** For each event from the start on, and each set of steps done before it: the most steps that can come to be done. */
  let most = new Uint8Array(0);

  /** Fills `most` from the last event to the start. */
  function lookAhead({ fits, kills }: ChainEvents, start: number, end: number): void {
    if (most.length < (end - start + 1) * sets) most = new Uint8Array((end - start + 1) * sets * 2);
    for (let done = 0; done < sets; done += 1) most[(end - start) * sets + done] = countBits(done);
    for (let at = end - 1; at >= start; at -= 1) {
      const row = (at - start) * sets;
      for (let done = 1; done < sets; done += 1) {
        const count = countBits(done);
        let best = count;
        if (((kills[at] ?? 0) & (1 << (count - 1))) === 0) {
          best = most[row + sets + done] ?? 0;
          for (let rest = (fits[at] ?? 0) & ~done; rest !== 0; ) {
            const step = highestBit(rest);
            rest ^= 1 << step;
            best = Math.max(best, most[row + sets + (done | (1 << step))] ?? 0);
          }
        }
        most[row + done] = best;
      }
    }
  }

  /** The sets that may be done after an event which does a step, of those before it; a chain that died is none of them. */
  function doing({ fits, kills }: ChainEvents, at: number, standing: ReadonlySet<number>): Set<number> {
    const after = new Set<number>();
    for (const done of standing) {
      if (done !== 0 && ((kills[at] ?? 0) & (1 << (countBits(done) - 1))) !== 0) continue;
      for (let rest = (fits[at] ?? 0) & ~done; rest !== 0; ) {
        const step = highestBit(rest);
        rest ^= 1 << step;
        after.add(done | (1 << step));
      }
    }
    return after;
  }

  function bestAfter(at: number, start: number, standing: ReadonlySet<number>): number {
    let best = 0;
    for (const done of standing) best = Math.max(best, most[(at - start) * sets + done] ?? 0);
    return best;
  }

  /** Writes the earliest events that do as many steps as can be done from a start. */
  function take(events: ChainEvents, start: number, end: number, depth: number): void {
    let standing: Set<number> = new Set([0]);
    chain.length = 0;
    for (let at = start; at < end && chain.length < depth; at += 1) {
      const after = doing(events, at, standing);
      const able = new Set([...after].filter((done) => (most[(at + 1 - start) * sets + done] ?? 0) === depth));
      if (able.size > 0) {
        chain.events[chain.length] = at;
        chain.length += 1;
        standing = able;
      } else {
        standing = new Set(
          [...standing].filter((done) => done === 0 || ((events.kills[at] ?? 0) & (1 << (countBits(done) - 1))) === 0),
        );
      }
    }
  }

  return (events, from, to) => {
    const { times, fits } = events;
    chain.depth = 0;
    let end = from;
    for (let start = from; start < to && chain.depth < steps; start += 1) {
      const time = times[start] ?? 0;
      if ((fits[start] ?? 0) === 0 || time < notBefore || time >= before) continue;
      end = Math.max(end, start);
      while (end < to && (times[end] ?? 0) - time <= windowMs) end += 1;
      lookAhead(events, start, end);
      const depth = bestAfter(start + 1, start, doing(events, start, new Set([0])));
      if (depth > chain.depth) {
        chain.depth = depth;
        take(events, start, end, depth);
      }
      if (firstEntry) break;
    }
    chain.length = chain.depth;
    chain.reached = (1 << chain.depth) - 1;
    for (let step = 0; step < chain.depth; step += 1) chain.steps[step] = step;
    return chain;
  };
}
