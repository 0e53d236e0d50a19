import { shareNoEvent } from "../audience/share-no-event";
import { type Chain, emptyChain } from "./chain";
import type { ChainPlan } from "./chain-plan";
import type { PersonLists } from "./person-lists";
import type { FunnelRules } from "./rules";

/**
 * Finds one person's chain; its events' positions are those of their times in `times`, a place for each step. Undefined where it depends on
 * which of two events of one time came first, and that was not read. The answer is overwritten by the next call.
 */
export type FindListedChain = (lists: PersonLists) => Chain | undefined;

/** Whether every event can fit one step at most, so that people's events can be read as a list for each step. */
export function hasListedSteps({ steps, order = "ordered", exclude = [] }: FunnelRules): boolean {
  if (order !== "ordered" || exclude.length > 0 || steps.some(({ optional }) => optional)) return false;
  return shareNoEvent(steps);
}

/**
 * The chains of `ordinaryChains`, for steps that share no event. From each start the earliest event of each next step makes
 * the deepest chain of that start; and as the start moves on, so does each of those events, so that every list is gone
 * through once. Of the deepest chains the first that is found starts first. Their times are written into `found`.
 */
export function listedChains(plan: ChainPlan, found: Float64Array): FindListedChain {
  const { steps, windowMs, from: notBefore, to: before, firstEntry } = plan;
  const chain = emptyChain(plan);
  for (let step = 0; step < steps; step += 1) {
    chain.steps[step] = step;
    chain.events[step] = step;
  }
  const none = new Float64Array(0);
  /** For each step the first event that is not known to come too early. */
  const next = new Uint32Array(steps);

  return ({ times, arrivals, from, to }) => {
    chain.depth = 0;
    const starts = times[0] ?? none;
    let start = from[0] ?? 0;
    const end = to[0] ?? 0;
    while (start < end && (starts[start] ?? 0) < notBefore) start += 1;
    for (let step = 1; step < steps; step += 1) next[step] = from[step] ?? 0;
    for (; start < end && chain.depth < steps; start += 1) {
      const startedAt = starts[start] ?? 0;
      if (startedAt >= before) break;
      let last = start;
      let lastTime = startedAt;
      let depth = 1;
      for (; depth < steps; depth += 1) {
        const list = times[depth] ?? none;
        const ends = to[depth] ?? 0;
        let at = next[depth] ?? 0;
        let time = Infinity;
        for (; at < ends; at += 1) {
          time = list[at] ?? 0;
          if (time > lastTime) break;
          if (time === lastTime) {
            if (arrivals === undefined) return undefined;
            if ((arrivals[depth]?.[at] ?? 0) > (arrivals[depth - 1]?.[last] ?? 0)) break;
          }
        }
        next[depth] = at;
        if (at === ends || time - startedAt > windowMs) break;
        last = at;
        lastTime = time;
      }
      if (depth > chain.depth) {
        chain.depth = depth;
        found[0] = startedAt;
        for (let step = 1; step < depth; step += 1) found[step] = times[step]?.[next[step] ?? 0] ?? 0;
      }
      if (firstEntry) break;
    }
    chain.length = chain.depth;
    chain.reached = (1 << chain.depth) - 1;
    return chain;
  };
}
