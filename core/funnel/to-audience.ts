import type { AudienceDefinition, AudienceTree, EventMatch, EventWindow } from "../audience/definition";
import { countedConditions, countsAnonymous } from "./counted";
import type { FunnelDefinition } from "./definition";
import type { FunnelFigure } from "./figure";

/**
 * The people of a figure of a funnel as a definition that stays live: at every `now` it means exactly those whom the
 * funnel counts there. Where sequences can say it, it is said by them, to be read and changed as any other audience: "dropped
 * after k" is then: did steps 1 to k, and not steps 1 to k + 1, within the same window.
 */
export function figureDefinition(funnel: FunnelDefinition, figure: FunnelFigure): AudienceDefinition {
  const conditions = isSequence(funnel, figure) ? sequences(funnel, figure) : [funnelCondition(funnel, figure)];
  conditions.push(...countedConditions(funnel));
  const [only] = conditions;
  return {
    version: 1,
    root: conditions.length === 1 && only ? only : { kind: "all", conditions },
    ...(countsAnonymous(funnel) && { includeAnonymous: true }),
  };
}

function isSequence(
  { steps, order = "ordered", entry = "any", exclude = [] }: FunnelDefinition,
  { pending, group, entered, took }: FunnelFigure,
): boolean {
  const ordinary = order === "ordered" && entry === "any" && exclude.length === 0;
  return ordinary && !steps.some(({ optional }) => optional) && !pending && !group && !entered && !took;
}

function sequences(funnel: FunnelDefinition, { step, outcome }: FunnelFigure): AudienceTree[] {
  if (outcome === "reached") return [reached(funnel, step)];
  // Nobody drops after the last step: nobody both reached it and did not.
  const next = reached(funnel, Math.min(step + 1, funnel.steps.length));
  return [reached(funnel, step), { kind: "not", condition: next }];
}

function funnelCondition(funnel: FunnelDefinition, figure: FunnelFigure): AudienceTree {
  const {
    audienceId: _audienceId,
    definition: _definition,
    includeAnonymous: _includeAnonymous,
    breakdown,
    ...rules
  } = funnel;
  return { kind: "funnel", funnel: { ...rules, ...(figure.group && breakdown && { breakdown }) }, ...figure };
}

/** Did steps 1 to `step` in Order, each within the window of the first, which falls in the range. */
function reached({ steps, window: within, range }: FunnelDefinition, step: number): AudienceTree {
  const window: { window?: EventWindow } = range === undefined ? {} : { window: { kind: "range", ...range } };
  const [first = {}, ...later] = steps.slice(0, step).map(matchOf);
  if (later.length === 0) return { kind: "event", ...first, ...window };
  const limit = within === null ? {} : { within: { ...within, of: "first" as const } };
  return { kind: "sequence", steps: [first, ...later.map((match) => ({ ...match, ...limit }))], ...window };
}

function matchOf({ event, type, where }: EventMatch): EventMatch {
  return {
    ...(event !== undefined && { event }),
    ...(type !== undefined && { type }),
    ...(where?.length && { where }),
  };
}
