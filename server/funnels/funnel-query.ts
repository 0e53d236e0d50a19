import type { AudienceTree, EventMatch } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import type { TimeBounds } from "@/core/audience/window";
import { type ChainPlan, chainPlan } from "@/core/funnel/chain-plan";
import { countedConditions, countsAnonymous } from "@/core/funnel/counted";
import type { FunnelDefinition } from "@/core/funnel/definition";
import type { FunnelRange, FunnelRules } from "@/core/funnel/rules";
import type { CompileContext } from "@/server/audiences/compile/compile";

/** A funnel as of a moment, once for each of the ranges that it is asked for. */
export interface FunnelQuery {
  rules: FunnelRules;
  context: CompileContext;
  /** One for each range: they differ in nothing else. */
  plans: readonly ChainPlan[];
  /** Who is counted, besides everybody being a candidate. */
  counted: readonly AudienceTree[];
  includeAnonymous: boolean;
}

/** Throws `invalid` for a range of text that is no date. */
export function funnelQuery(funnel: FunnelDefinition, context: CompileContext, compare?: FunnelRange): FunnelQuery {
  const { audienceId: _audienceId, definition: _definition, includeAnonymous: _includeAnonymous, ...rules } = funnel;
  const ranges = compare ? [funnel.range, compare] : [funnel.range];
  return {
    rules,
    context,
    plans: ranges.map((range) => chainPlan({ ...rules, range }, context)),
    counted: countedConditions(funnel),
    includeAnonymous: countsAnonymous(funnel),
  };
}

/** The timestamps that a chain of any of the ranges can have. */
export function chainBounds(plans: readonly ChainPlan[], { now }: Moment): TimeBounds {
  return {
    from: Math.min(...plans.map(({ from }) => from)),
    to: Math.min(now + 1, Math.max(...plans.map(({ to, windowMs }) => to + windowMs))),
  };
}

/** A name and type of events that a funnel looks at, and the steps that somebody must have done for such an event to matter. */
export interface NamedEvents {
  match: Pick<EventMatch, "event" | "type">;
  /** Steps, as bits, each of which must be done by somebody whom such an event could matter to. */
  after: number;
  /** Whether it matters only to somebody who can get past the first step. */
  beyondFirst: boolean;
}

/**
 * The events that a funnel looks at, by name. An event of a later step matters only to those who did all steps before it
 * that cannot be skipped; with `strict` everything they do matters to those who get past the first step.
 */
export function namedEvents({ steps, order, exclude = [] }: FunnelRules, { optional }: ChainPlan): NamedEvents[] {
  const required = (before: number) => ((1 << before) - 1) & ~optional;
  if (order === "unordered") {
    return [...steps, ...exclude].map((match) => ({ match: nameOf(match), after: 0, beyondFirst: false }));
  }
  return [
    ...steps.map((match, step) => ({ match: nameOf(match), after: required(step), beyondFirst: step > 0 })),
    ...exclude.map((match) => ({ match: nameOf(match), after: required(match.after ?? 1), beyondFirst: true })),
    ...(order === "strict" ? [{ match: {}, after: required(1), beyondFirst: true }] : []),
  ];
}

function nameOf({ event, type }: EventMatch): NamedEvents["match"] {
  return { event, type };
}
