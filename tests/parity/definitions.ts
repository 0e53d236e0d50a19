import fc from "fast-check";
import { groupIdTrait } from "@/core/audience/account-node";
import type {
  AccountTree,
  AudienceDefinition,
  AudienceTree,
  EventAggregate,
  EventMatch,
  EventNode,
  EventWindow,
  SequenceNode,
  WindowAnchor,
} from "@/core/audience/definition";
import { aggregateOperators, calendarPeriods, propertyAggregates } from "@/core/audience/definition";
import {
  type Comparison,
  type EventFilter,
  isReservedTrait,
  operatorsByOperand,
  reservedTraits,
  type Scalar,
  type TraitNode,
} from "@/core/audience/filter";
import { type Duration, units } from "@/core/duration";
import { eventNames, groupIds } from "./histories";
import { operandFigure, operandMoment, operandNumber, operandScalar, operandText, path } from "./values";

const duration: fc.Arbitrary<Duration> = fc.oneof(
  fc.constantFrom<Duration>(
    { amount: 1, unit: "day" },
    { amount: 6, unit: "hour" },
    { amount: 12, unit: "hour" },
    { amount: 1, unit: "second" },
    { amount: 100_000_000, unit: "week" },
  ),
  fc.record({ amount: fc.integer({ min: 1, max: 60 }), unit: fc.constantFrom(...units) }),
);

const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({ op: fc.constantFrom("exists" as const, "not_exists" as const) }),
  fc.record({ op: fc.constantFrom("equals" as const, "not_equals" as const), value: operandScalar }),
  fc.record({
    op: fc.constantFrom("equals_any" as const, "equals_none" as const),
    value: fc.array(operandScalar, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    op: fc.constantFrom("contains" as const, "not_contains" as const, "starts_with" as const, "ends_with" as const),
    value: fc.oneof(operandText, fc.constantFrom("a", "al", "σ", "ς", "I", "i̇", "SS", "\u0000", "pro")),
  }),
  fc.record({
    op: fc.constantFrom("gt" as const, "gte" as const, "lt" as const, "lte" as const),
    value: operandNumber,
  }),
  fc.record({ op: fc.constant("between" as const), value: fc.tuple(operandNumber, operandNumber) }),
  fc.record({ op: fc.constantFrom("before" as const, "after" as const), value: operandMoment }),
  fc.record({
    op: fc.constantFrom(
      "within_last" as const,
      "more_than_ago" as const,
      "within_next" as const,
      "more_than_from_now" as const,
    ),
    value: duration,
  }),
);

const filter: fc.Arbitrary<EventFilter> = fc
  .tuple(comparison, path, fc.boolean())
  .map(([test, at, inContext]) => (inContext ? { ...test, context: at } : { ...test, property: at }));

export const eventMatch: fc.Arbitrary<EventMatch> = fc.record(
  {
    event: fc.constantFrom(...eventNames, "Never Seen"),
    type: fc.constantFrom("track" as const, "page" as const, "screen" as const),
    where: fc.array(filter, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const instant = fc.constantFrom(
  "2026-03-29T12:00:00.000Z",
  "2026-03-28",
  "2026-03-29T02:30:00",
  "2026-03-29T18:00:00+05:30",
  "1969-12-31",
  "9999-12-31",
);

const anchor: fc.Arbitrary<WindowAnchor> = fc.oneof(
  fc.constant("first_seen" as const),
  fc.oneof(path, fc.constantFrom("when", "$first_seen", "$last_seen")).map((trait) => ({ trait })),
  fc.tuple(eventMatch, fc.constantFrom(...eventNames)).map(([match, event]) => ({ ...match, event })),
);

const eventWindow: fc.Arbitrary<EventWindow> = fc.oneof(
  fc.constantFrom(...calendarPeriods).map((period): EventWindow => ({ kind: "calendar", period })),
  fc.tuple(anchor, duration).map(([start, length]): EventWindow => ({ kind: "after", anchor: start, ...length })),
  fc.constant<EventWindow>({ kind: "ever" }),
  duration.map((length): EventWindow => ({ kind: "last", ...length })),
  duration.map((length): EventWindow => ({ kind: "before_last", ...length })),
  fc.tuple(duration, duration).map(([from, to]): EventWindow => ({ kind: "between_ago", from, to })),
  instant.map((at): EventWindow => ({ kind: "since", at })),
  instant.map((at): EventWindow => ({ kind: "before", at })),
  fc.tuple(instant, instant).map(([from, to]): EventWindow => ({ kind: "range", from, to })),
);

const count = fc.record({
  op: fc.constantFrom("at_least" as const, "exactly" as const, "at_most" as const),
  value: fc.integer({ min: 0, max: 4 }),
});

const aggregate: fc.Arbitrary<EventAggregate> = fc.oneof(
  fc.record({
    fn: fc.constantFrom(...propertyAggregates),
    property: path,
    op: fc.constantFrom(...aggregateOperators),
    value: operandFigure,
  }),
  fc.record({
    fn: fc.constant("distinct_days" as const),
    op: fc.constantFrom(...aggregateOperators),
    value: fc.integer({ min: 0, max: 3 }),
  }),
);

const occurrence: fc.Arbitrary<Pick<EventNode, "occurrence" | "then">> = fc.oneof(
  fc.constant({}),
  fc.record({ occurrence: fc.constantFrom("any" as const, "first" as const, "last" as const) }),
  fc.record(
    {
      occurrence: fc.constantFrom("first_matching" as const, "last_matching" as const),
      then: fc.array(filter, { maxLength: 2 }),
    },
    { requiredKeys: ["occurrence"] },
  ),
);

/** Mostly loose, so that there are events to count. */
const eventNode: fc.Arbitrary<EventNode> = fc
  .tuple(
    fc.oneof(eventMatch, fc.constantFrom<EventMatch>({}, ...eventNames.map((event) => ({ event })))),
    fc.option(eventWindow),
    occurrence,
    fc.oneof(
      fc.constant({}),
      count.map((asked) => ({ count: asked })),
      aggregate.map((asked) => ({ aggregate: asked })),
    ),
  )
  .map(
    ([match, window, picked, figure]): EventNode => ({
      kind: "event",
      ...match,
      ...(window && { window }),
      ...picked,
      ...figure,
    }),
  );

const traitNode: fc.Arbitrary<TraitNode> = fc
  .tuple(comparison, fc.oneof({ arbitrary: path, weight: 4 }, fc.constantFrom(...reservedTraits)), fc.option(duration))
  .map(([test, trait, heldFor]): TraitNode => {
    const relative = operatorsByOperand.duration.some((op) => op === test.op);
    const held = heldFor && !relative && !isReservedTrait(trait) ? { heldFor } : {};
    return { kind: "trait", trait, ...test, ...held };
  });

/** Of an account, by its own id as well. */
const accountTrait: fc.Arbitrary<TraitNode> = fc.oneof(
  { arbitrary: traitNode.filter(({ trait }) => !isReservedTrait(trait)), weight: 3 },
  {
    arbitrary: fc.oneof(
      fc.record({
        kind: fc.constant("trait" as const),
        trait: fc.constant(groupIdTrait),
        op: fc.constantFrom("equals" as const, "not_equals" as const),
        value: fc.constantFrom<Scalar>(...groupIds, 42, "nobody's"),
      }),
      fc.record({
        kind: fc.constant("trait" as const),
        trait: fc.constant(groupIdTrait),
        op: fc.constantFrom("contains" as const, "starts_with" as const),
        value: fc.constantFrom("ac", "O", "4"),
      }),
    ),
    weight: 1,
  },
);

/** Mostly loose steps, so that chains exist. */
const looseMatch: fc.Arbitrary<EventMatch> = fc.oneof(
  { arbitrary: fc.constantFrom(...eventNames).map((event): EventMatch => ({ event })), weight: 4 },
  { arbitrary: fc.constant<EventMatch>({}), weight: 1 },
  { arbitrary: eventMatch, weight: 1 },
);
const step = fc
  .tuple(looseMatch, fc.option(fc.tuple(duration, fc.constantFrom("previous" as const, "first" as const, undefined))))
  .map(([match, within]) => (within === null ? match : { ...match, within: { ...within[0], of: within[1] } }));
export const sequenceNode: fc.Arbitrary<SequenceNode> = fc
  .tuple(
    fc.array(step, { minLength: 2, maxLength: 5 }),
    fc.option(eventWindow),
    fc.option(fc.tuple(looseMatch, fc.option(duration))),
  )
  .map(
    ([steps, window, thenNot]): SequenceNode => ({
      kind: "sequence",
      steps,
      ...(window && { window }),
      ...(thenNot && { thenNot: { ...thenNot[0], ...(thenNot[1] && { within: thenNot[1] }) } }),
    }),
  );

const commonWindow = fc.option(
  eventWindow.filter(({ kind }) => kind !== "after"),
  { nil: undefined },
);

/** Sequences and counts that ask nothing of events but their names and times, each name once: what can be told by what is held in memory. */
export const plainDefinition: fc.Arbitrary<AudienceDefinition> = fc
  .tuple(
    fc.shuffledSubarray(eventNames, { minLength: 3 }),
    commonWindow,
    fc.oneof(
      sequenceNode.map(({ steps, thenNot }) => ({ steps, thenNot })),
      count.map((asked) => ({ count: asked })),
    ),
  )
  .map(([names, window, asked]): AudienceDefinition => {
    const around = window ? { window } : {};
    const [event = "", stop = ""] = names;
    if ("count" in asked) {
      return { version: 1, root: { kind: "event", event, ...around, count: asked.count }, includeAnonymous: true };
    }
    const steps = names
      .slice(2)
      .concat(event)
      .map((name, index) => {
        const { within } = asked.steps[index] ?? {};
        return { event: name, ...(index > 0 && within && { within }) };
      });
    const { thenNot } = asked;
    const last = thenNot && { thenNot: { event: stop, ...(thenNot.within && { within: thenNot.within }) } };
    return { version: 1, root: { kind: "sequence", steps, ...around, ...last }, includeAnonymous: true };
  });

/** Ids of the saved audiences that definitions refer to. */
const savedIds = ["one", "two", "three"];

function trees(references: readonly string[]): fc.Arbitrary<AudienceTree> {
  const leaves: fc.Arbitrary<AudienceTree>[] = [eventNode, eventNode, traitNode, traitNode, sequenceNode];
  if (references.length > 0) {
    leaves.push(
      fc.record({
        kind: fc.constant("audience" as const),
        audienceId: fc.constantFrom(...references),
        member: fc.boolean(),
      }),
    );
  }
  const { tree } = fc.letrec<{ tree: AudienceTree; account: AccountTree }>((tie) => ({
    account: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      accountTrait,
      fc.record({ kind: fc.constant("person" as const), condition: tie("tree") }),
      fc.record({
        kind: fc.constantFrom("all" as const, "any" as const),
        conditions: fc.array(tie("account"), { minLength: 1, maxLength: 2 }),
      }),
      fc.record({ kind: fc.constant("not" as const), condition: tie("account") }),
    ),
    tree: fc.oneof(
      { maxDepth: 4, depthSize: "medium" },
      fc.oneof(...leaves),
      fc.record({
        kind: fc.constant("all" as const),
        conditions: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        kind: fc.constant("any" as const),
        conditions: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant("not" as const), condition: tie("tree") }),
      fc.record({ kind: fc.constant("account" as const), condition: tie("account") }),
    ),
  }));
  return tree;
}

function definitions(references: readonly string[]): fc.Arbitrary<AudienceDefinition> {
  return fc.record(
    { version: fc.constant(1 as const), root: trees(references), includeAnonymous: fc.boolean() },
    { requiredKeys: ["version", "root"] },
  );
}

/** Conditions that refer to no audience. */
export const condition = trees([]);

/** Definitions that may refer to the saved audiences. */
export const definition = definitions(savedIds);

/** Saved audiences by id, of which each may refer to those before it. */
export const savedDefinitions = savedIds.map((id, index) => ({
  id,
  definition: definitions(savedIds.slice(0, index)),
}));
