import { shareNoEvent } from "../audience/share-no-event";
import { type Chain, emptyChain } from "./chain";
import type { ChainPlan } from "./chain-plan";
import type { FunnelRules } from "./rules";

/** Events of people, those of each person and step in Order, one such list after the other. Every event fits one step. */
export interface ListedEvents {
  /** Milliseconds since the epoch. */
  times: Float64Array;
  /** Which of two events of one time came first; undefined where that was not read. */
  arrivals: Float64Array | undefined;
  /** Where each list begins, a person's lists by their steps; and after the last one where it ends. */
  begins: Uint32Array;
}

/**
 * Finds the chain of the person whose first list is the one at `list`. Undefined where it depends on which of two events of
 * one time came first, and that was not read. The answer is overwritten by the next call.
 */
export type FindListedChain = (events: ListedEvents, list: number) => Chain | undefined;

/** Whether every event can fit one step at most, so that people's events can be read as a list for each step. */
export function hasListedSteps({ steps, order = "ordered", exclude = [] }: FunnelRules): boolean {
  if (order !== "ordered" || exclude.length > 0 || steps.some(({ optional }) => optional)) return false;
  return shareNoEvent(steps);
}

/**
 * The chains of `ordinaryChains`, for steps that share no event. From each start the earliest event of each next step makes
 * the deepest chain of that start; and as the start moves on, so does each of those events, so that every list is gone
 * through once. Of the deepest chains the first that is found starts first.
 */
export function listedChains(plan: ChainPlan): FindListedChain {
  const { steps, windowMs, from: notBefore, to: before, firstEntry } = plan;
  const chain = emptyChain(plan);
  for (let step = 0; step < steps; step += 1) chain.steps[step] = step;
  const { events: best } = chain;
  /** For each step the first event that is not known to come too early. */
  const next = new Int32Array(steps);

  return ({ times, arrivals, begins }, list) => {
    chain.depth = 0;
    let start = begins[list] ?? 0;
    const starts = begins[list + 1] ?? 0;
    while (start < starts && (times[start] ?? 0) < notBefore) start += 1;
    for (let step = 1; step < steps; step += 1) next[step] = begins[list + step] ?? 0;
    for (; start < starts && chain.depth < steps; start += 1) {
      const startedAt = times[start] ?? 0;
      if (startedAt >= before) break;
      let last = start;
      let lastTime = startedAt;
      let depth = 1;
      for (; depth < steps; depth += 1) {
        let at = next[depth] ?? 0;
        const end = begins[list + depth + 1] ?? 0;
        while (at < end) {
          const time = times[at] ?? 0;
          if (time > lastTime) break;
          if (time === lastTime) {
            if (arrivals === undefined) return undefined;
            if ((arrivals[at] ?? 0) > (arrivals[last] ?? 0)) break;
          }
          at += 1;
        }
        next[depth] = at;
        if (at === end || (times[at] ?? 0) - startedAt > windowMs) break;
        last = at;
        lastTime = times[at] ?? 0;
      }
      if (depth > chain.depth) {
        chain.depth = depth;
        best[0] = start;
        for (let step = 1; step < depth; step += 1) best[step] = next[step] ?? 0;
      }
      if (firstEntry) break;
    }
    chain.length = chain.depth;
    chain.reached = (1 << chain.depth) - 1;
    return chain;
  };
}
