import * as z from "zod";
import { duration, durationShape } from "../duration";
import { funnelFigureShape } from "../funnel/figure";
import { funnelRules } from "../funnel/rules";
import { eventMatchShape } from "./event-match-shape";
import { eventFilter, numericOperand, path, type TraitNode, traitNode } from "./filter";

/** An instant in a definition: ISO 8601 with an offset, or without one in the workspace's zone. */
const instant = z.string().min(1).max(64);

const eventMatch = z.strictObject(eventMatchShape);
export type EventMatch = z.infer<typeof eventMatch>;

/** Days, weeks from Monday and months of the workspace's zone. */
export const calendarPeriods = ["today", "yesterday", "this_week", "last_week", "this_month", "last_month"] as const;
export type CalendarPeriod = (typeof calendarPeriods)[number];

/** The moment of each person that a window starts from: their first event that fits, a date among their traits, or their first event of all. */
const windowAnchor = z.union([
  z.literal("first_seen"),
  z.strictObject({ trait: path }),
  z.strictObject({ ...eventMatchShape, event: eventMatchShape.event.unwrap() }),
]);
export type WindowAnchor = z.infer<typeof windowAnchor>;

/** Which timestamps count, as of `now` (docs/semantics.md, "Events"). */
const eventWindow = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ever") }),
  z.strictObject({ kind: z.literal("last"), ...durationShape }),
  z.strictObject({ kind: z.literal("before_last"), ...durationShape }),
  z.strictObject({ kind: z.literal("between_ago"), from: duration, to: duration }),
  z.strictObject({ kind: z.literal("since"), at: instant }),
  z.strictObject({ kind: z.literal("before"), at: instant }),
  z.strictObject({ kind: z.literal("range"), from: instant, to: instant }),
  z.strictObject({ kind: z.literal("calendar"), period: z.enum(calendarPeriods) }),
  z.strictObject({ kind: z.literal("after"), anchor: windowAnchor, ...durationShape }),
]);
export type EventWindow = z.infer<typeof eventWindow>;

/** A window that starts from a moment of each person's own. */
type AnchoredWindow = Extract<EventWindow, { kind: "after" }>;

/** A window that is the same for everybody. */
export type CommonWindow = Exclude<EventWindow, AnchoredWindow>;

/** Which of the events of a name and type are looked at: each, or one that is picked by Order before or after `where` is asked. */
export const occurrences = ["any", "first", "last", "first_matching", "last_matching"] as const;
export type Occurrence = (typeof occurrences)[number];

export const eventCount = z.strictObject({
  op: z.enum(["at_least", "exactly", "at_most"]),
  value: z.int().min(0).max(1_000_000_000),
});
export type EventCount = z.infer<typeof eventCount>;

export const aggregateOperators = ["gt", "gte", "lt", "lte", "eq"] as const;
export type AggregateOperator = (typeof aggregateOperators)[number];

/** Aggregates of a property's values; `distinct_days` is of the events' own days. */
export const propertyAggregates = ["sum", "avg", "min", "max", "distinct"] as const;
export const aggregateFunctions = [...propertyAggregates, "distinct_days"] as const;
export type AggregateFunction = (typeof aggregateFunctions)[number];

const aggregateTest = { op: z.enum(aggregateOperators), value: numericOperand };

/** A figure over the matching events, compared with a number. */
export const eventAggregate = z.discriminatedUnion("fn", [
  z.strictObject({ fn: z.enum(propertyAggregates), property: path, ...aggregateTest }),
  z.strictObject({ fn: z.literal("distinct_days"), ...aggregateTest }),
]);
export type EventAggregate = z.infer<typeof eventAggregate>;

const eventNode = z.strictObject({
  kind: z.literal("event"),
  ...eventMatchShape,
  window: eventWindow.optional(),
  occurrence: z.enum(occurrences).optional(),
  /** Filters on the event that `first_matching` or `last_matching` has picked. */
  then: z.array(eventFilter).max(50).optional(),
  count: eventCount.optional(),
  aggregate: eventAggregate.optional(),
});
export type EventNode = z.infer<typeof eventNode>;

const sequenceStep = z.strictObject({
  ...eventMatchShape,
  within: z.strictObject({ ...durationShape, of: z.enum(["previous", "first"]).optional() }).optional(),
});
export type SequenceStep = z.infer<typeof sequenceStep>;

export const sequenceNode = z.strictObject({
  kind: z.literal("sequence"),
  steps: z.array(sequenceStep).min(2).max(20),
  window: eventWindow.optional(),
  thenNot: z.strictObject({ ...eventMatchShape, within: duration.optional() }).optional(),
});
export type SequenceNode = z.infer<typeof sequenceNode>;

const audienceNode = z.strictObject({
  kind: z.literal("audience"),
  audienceId: z.string().min(1).max(100),
  member: z.boolean(),
});
export type AudienceNode = z.infer<typeof audienceNode>;

/**
 * The people of a figure of a funnel, which is told here without the limits on who is counted: the conditions around it say
 * that. For what a sequence cannot say: strict or any order, exclusions, the first entry, groups and times.
 */
export const funnelNode = z.strictObject({ kind: z.literal("funnel"), funnel: funnelRules, ...funnelFigureShape });
export type FunnelNode = z.infer<typeof funnelNode>;

interface AllNode {
  kind: "all";
  conditions: AudienceTree[];
}
interface AnyNode {
  kind: "any";
  conditions: AudienceTree[];
}
interface NotNode {
  kind: "not";
  condition: AudienceTree;
}

/** Some account that the person belongs to at `now` fits. */
export interface AccountNode {
  kind: "account";
  condition: AccountTree;
}

/** Some person of the account fits, whoever is asked among them. */
export interface AccountPersonNode {
  kind: "person";
  condition: AudienceTree;
}

/** What is asked of an account: a `trait` here is one that group calls have set for it. */
export type AccountTree =
  | { kind: "all" | "any"; conditions: AccountTree[] }
  | { kind: "not"; condition: AccountTree }
  | TraitNode
  | AccountPersonNode;

/** A node of a definition: a closed union by `kind`. Groups hold their children, so precedence cannot be ambiguous. */
export type AudienceTree =
  | AllNode
  | AnyNode
  | NotNode
  | EventNode
  | TraitNode
  | SequenceNode
  | AudienceNode
  | FunnelNode
  | AccountNode;

const group = <Kind extends string>(kind: Kind) =>
  z.strictObject({
    kind: z.literal(kind),
    get conditions() {
      return z.array(audienceTree).min(1).max(100);
    },
  });

const accountGroup = <Kind extends "all" | "any">(kind: Kind) =>
  z.strictObject({
    kind: z.literal(kind),
    get conditions() {
      return z.array(accountTree).min(1).max(100);
    },
  });

const accountTree: z.ZodType<AccountTree> = z
  .lazy(() =>
    z.discriminatedUnion("kind", [
      accountGroup("all"),
      accountGroup("any"),
      z.strictObject({ kind: z.literal("not"), condition: accountTree }),
      traitNode,
      z.strictObject({ kind: z.literal("person"), condition: audienceTree }),
    ]),
  )
  .meta({ id: "AccountCondition" });

export const accountNode = z.strictObject({ kind: z.literal("account"), condition: accountTree });

const audienceTree: z.ZodType<AudienceTree> = z
  .lazy(() =>
    z.discriminatedUnion("kind", [
      group("all"),
      group("any"),
      z.strictObject({ kind: z.literal("not"), condition: audienceTree }),
      eventNode,
      traitNode,
      sequenceNode,
      audienceNode,
      funnelNode,
      accountNode,
    ]),
  )
  .meta({ id: "Condition" });

export const maxLeaves = 100;
export const maxDepth = 8;

/** A whole audience definition, as stored and as sent. */
export const audienceDefinition = z
  .strictObject({
    version: z.literal(1),
    root: audienceTree,
    includeAnonymous: z.boolean().optional(),
  })
  .meta({ id: "AudienceDefinition" });
export type AudienceDefinition = z.infer<typeof audienceDefinition>;
