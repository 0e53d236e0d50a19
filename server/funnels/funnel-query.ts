import type { AudienceTree, EventMatch } from "@/core/audience/definition";
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
  plans: readonly [ChainPlan, ...ChainPlan[]];
  /** Who is counted, besides everybody being a candidate. */
  counted: readonly AudienceTree[];
  includeAnonymous: boolean;
}

/** Throws `invalid` for a range of text that is no date. */
export function funnelQuery(funnel: FunnelDefinition, context: CompileContext, compare?: FunnelRange): FunnelQuery {
  const { audienceId: _audienceId, definition: _definition, includeAnonymous: _includeAnonymous, ...rules } = funnel;
  const plan = chainPlan(rules, context);
  return {
    rules,
    context,
    plans: compare ? [plan, chainPlan({ ...rules, range: compare }, context)] : [plan],
    counted: countedConditions(funnel),
    includeAnonymous: countsAnonymous(funnel),
  };
}

/** The timestamps that a chain of any of the ranges can have. */
export function chainBounds({ plans, context: { now } }: FunnelQuery): TimeBounds {
  return {
    from: Math.min(...plans.map(({ from }) => from)),
    to: Math.min(now + 1, Math.max(...plans.map(({ to, windowMs }) => to + windowMs))),
  };
}

/** What a funnel reads: events by name and type, some of them of everybody, some only of whom they can matter to. */
interface NamedEvents {
  ofEverybody: readonly EventMatch[];
  /** Of those who did the first step and one that may come next: nobody else gets further. */
  ofThoseBeyond: readonly EventMatch[];
}

/** With `strict`, whatever people do counts, once they can get past the first step. */
export function namedEvents({ steps, order, exclude = [] }: FunnelRules): NamedEvents {
  const all = [...steps, ...exclude].map(nameOf);
  if (order === "unordered") return { ofEverybody: all, ofThoseBeyond: [] };
  return { ofEverybody: all.slice(0, 1), ofThoseBeyond: order === "strict" ? [{}] : all.slice(1) };
}

export function nameOf({ event, type }: EventMatch): EventMatch {
  return { event, type };
}
