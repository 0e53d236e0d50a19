import { highestBit } from "./bits";
import type { Chain, ChainEvents } from "./chain";
import type { ChainPlan } from "./chain-plan";
import { type Completions, never } from "./completions";

/**
 * Writes into `chain` the chain from `start` to step `last` whose events are the earliest in Order, compared one by one; an
 * end comes before a further event. Several steps may be done by the same events: then it does the earlier steps.
 */
export function earliestChain(
  { windowMs, next, order, kills }: ChainPlan,
  events: ChainEvents,
  completions: Completions,
  start: number,
  to: number,
  last: number,
  chain: Chain,
): void {
  const deadline = (events.times[start] ?? 0) + windowMs;
  /** For each event of the chain the steps that it may have done, and the steps at which a chain died before the next event. */
  const standing: number[] = [1];
  const died: number[] = [];
  chain.events[0] = start;
  let stands = 1;
  let dead = 0;
  for (let at = start + 1; at < to && (stands & (1 << last)) === 0; at += 1) {
    if (kills.length > 0) dead |= events.kills[at] ?? 0;
    const done = stepsDone(at, stands & ~dead);
    if (done !== 0) {
      chain.events[standing.length] = at;
      standing.push(done);
      died.push(dead);
      stands = done;
      dead = 0;
    } else if (order === "strict") break;
  }
  chain.length = standing.length;
  chooseSteps();

  /** The steps that an event can do next so that the last one is still done in time. */
  function stepsDone(at: number, living: number): number {
    let done = 0;
    for (let rest = events.fits[at] ?? 0; rest !== 0; ) {
      const step = highestBit(rest);
      rest ^= 1 << step;
      if (step === 0 || step > last || !follows(living, step)) continue;
      const end = step === last ? at : completions.from(at + 1, step);
      if (end !== never && (events.times[end] ?? 0) <= deadline) done |= 1 << step;
    }
    return done;
  }

  function follows(living: number, step: number): boolean {
    for (let rest = living; rest !== 0; ) {
      const before = highestBit(rest);
      rest ^= 1 << before;
      if (((next[before] ?? 0) & (1 << step)) !== 0) return true;
    }
    return false;
  }

  /** Leaves of the steps that each event may have done those that lead to the last, and takes the earliest from the front. */
  function chooseSteps(): void {
    standing[standing.length - 1] = 1 << last;
    for (let position = standing.length - 2; position >= 0; position -= 1) {
      const after = standing[position + 1] ?? 0;
      let leading = 0;
      for (let rest = (standing[position] ?? 0) & ~(died[position] ?? 0); rest !== 0; ) {
        const step = highestBit(rest);
        rest ^= 1 << step;
        if (((next[step] ?? 0) & after) !== 0) leading |= 1 << step;
      }
      standing[position] = leading;
    }
    let step = 0;
    chain.steps[0] = 0;
    for (let position = 1; position < standing.length; position += 1) {
      const able = (standing[position] ?? 0) & (next[step] ?? 0);
      step = highestBit(able & -able);
      chain.steps[position] = step;
    }
  }
}
