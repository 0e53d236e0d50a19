import type { ChainPlan } from "./chain-plan";

/**
 * Events in Order, person after person. With `strict` all events of a person must be among them, else those that fit a
 * step or an exclusion are enough.
 */
export interface ChainEvents {
  /** Milliseconds since the epoch. */
  times: Float64Array;
  /** The steps that each event fits. */
  fits: Int32Array;
  /** The steps at which an excluded event ends a chain; not looked at where the plan has no exclusions. */
  kills: Int32Array;
}

/**
 * The chain that decides a person's result: of the deepest ones the one that starts first, of those the one with the
 * earliest events in Order, compared one by one; of the same events, the one in which they do the earlier steps.
 */
export interface Chain {
  /** Number of the deepest step reached, from 1; 0 when no chain starts. */
  depth: number;
  /** Number of events. */
  length: number;
  /** Positions of the events among all, `length` of them. */
  events: Int32Array;
  /** The step that each of them did, from 0. Of an unordered funnel: how many were done before it. */
  steps: Int32Array;
  /** The steps that some chain as deep as this one has done: optional ones need not be in this one. */
  reached: number;
}

/** Finds the chain of the person whose events are those from `from` to just before `to`. The answer is overwritten by the next call. */
export type FindChain = (events: ChainEvents, from: number, to: number) => Chain;

export function emptyChain({ steps }: ChainPlan): Chain {
  return { depth: 0, length: 0, events: new Int32Array(steps), steps: new Int32Array(steps), reached: 0 };
}
