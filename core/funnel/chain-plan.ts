import type { Moment } from "../audience/operators";
import { windowBounds } from "../audience/window";
import { durationMs } from "../duration";
import { bitsBetween } from "./bits";
import type { FunnelOrder, FunnelRules } from "./rules";

/** What decides which chains a person's events can make. Steps are bits here: bit 0 is the first step. */
export interface ChainPlan {
  /** Number of steps. */
  steps: number;
  order: FunnelOrder;
  /** Only chains from the first event that can start one. */
  firstEntry: boolean;
  /** Milliseconds from the first event of a chain to each later one, inclusive; Infinity sets no limit. */
  windowMs: number;
  /** Bounds the first event, in milliseconds since the epoch: from ≤ t < to. */
  from: number;
  to: number;
  /** For each step the steps that a chain may stand at to do it next: those between are optional. */
  previous: readonly number[];
  /** For each step the steps that may come next. */
  next: readonly number[];
  /** The steps that may be skipped. */
  optional: number;
  /** For each exclusion the steps at which a chain that stands there dies. */
  kills: readonly number[];
}

/** Throws for a range of text that is no date. */
export function chainPlan(rules: FunnelRules, moment: Moment): ChainPlan {
  const { steps, order = "ordered", entry = "any", window, range, exclude = [] } = rules;
  const { from, to } = range ? windowBounds({ kind: "range", ...range }, moment) : { from: -Infinity, to: Infinity };
  const optional = steps.reduce((set, step, index) => (step.optional ? set | (1 << index) : set), 0);
  const previous = steps.map((_, step) => {
    const required = Math.max(0, lastRequiredBefore(step, optional));
    return bitsBetween(required, step);
  });
  return {
    steps: steps.length,
    order,
    firstEntry: entry === "first",
    windowMs: window === null ? Infinity : durationMs(window),
    from,
    to,
    previous,
    next: steps.map((_, step) =>
      previous.reduce((set, before, later) => ((before & (1 << step)) !== 0 ? set | (1 << later) : set), 0),
    ),
    optional,
    // A chain that has passed `after` and not yet `before` stands at one of the steps from `after` to just before `before`.
    kills: exclude.map(({ after = 1, before = steps.length }) => bitsBetween(after - 1, before - 1)),
  };
}

/** The last step before this one that cannot be skipped; -1 before the first. */
export function lastRequiredBefore(step: number, optional: number): number {
  let before = step - 1;
  while (before > 0 && (optional & (1 << before)) !== 0) before -= 1;
  return before;
}
