import type {
  AggregateOperator,
  EventAggregate,
  EventNode,
  Occurrence,
  SequenceNode,
  SequenceStep,
} from "../definition";
import type { DescribeContext } from "./describe-context";
import { filtersPhrases, matchPhrases, verbPhrase, wherePhrases } from "./match-phrases";
import { durationPhrase } from "./number-words";
import { scalarPhrase } from "./operator-words";
import { absence, name, type Phrase, words } from "./phrase";
import { countPhrases, windowPhrases } from "./window-words";

/**
 * "did Account Created at least 3 times in the last 14 days where plan is trial". Filters stand in the order in which they
 * are asked: before "for the first time" they choose which event that is, after it they are asked of that event alone.
 */
export function eventPhrases(node: EventNode, context: DescribeContext): Phrase[] {
  const { count = { op: "at_least", value: 1 }, window = { kind: "ever" }, occurrence = "any", aggregate } = node;
  const absent = !aggregate && count.op === "exactly" && count.value === 0;
  const often = !aggregate && !absent && !(count.op === "at_least" && count.value === 1);
  const where = wherePhrases(node, context);
  const matching = occurrence === "first_matching" || occurrence === "last_matching";
  return [
    verbPhrase(node, absent),
    ...matchPhrases(node),
    ...(matching ? where : []),
    ...occurrencePhrases(occurrence),
    ...(often ? countPhrases(count) : []),
    ...(aggregate ? aggregatePhrases(aggregate) : []),
    ...(window.kind === "ever" && !absent ? [] : windowPhrases(window, context)),
    ...(matching ? [] : where),
    ...filtersPhrases(", and on it", node.then ?? [], context),
  ];
}

const occurrenceText = {
  any: null,
  first: "for the first time",
  last: "for the last time",
  first_matching: "for the first time",
  last_matching: "for the last time",
} as const satisfies Record<Occurrence, string | null>;

/** "for the first time"; of those without filters before them, the ones that choose among the fitting say so. */
function occurrencePhrases(occurrence: Occurrence): Phrase[] {
  const text = occurrenceText[occurrence];
  return text === null ? [] : [words(text)];
}

export const aggregateOperatorText = {
  gt: "more than",
  gte: "at least",
  lt: "less than",
  lte: "at most",
  eq: "exactly",
} as const satisfies Record<AggregateOperator, string>;

export const figureText = {
  sum: "with a total",
  avg: "with an average",
  min: "with a smallest",
  max: "with a largest",
} as const;

/** "with a total amount of at least 100", "with at least 3 different values of plan", "on at least 3 different days". */
function aggregatePhrases(aggregate: EventAggregate): Phrase[] {
  const comparison = [words(aggregateOperatorText[aggregate.op]), scalarPhrase(aggregate.value)];
  switch (aggregate.fn) {
    case "distinct_days":
      return [words("on"), ...comparison, words("different days")];
    case "distinct":
      return [words("with"), ...comparison, words("different values of"), name(aggregate.property)];
    default:
      return [words(figureText[aggregate.fn]), name(aggregate.property), words("of"), ...comparison];
  }
}

/** "did A in the last 30 days, then within 3 days B, and then not C within 24 hours". */
export function sequencePhrases(node: SequenceNode, context: DescribeContext): Phrase[] {
  return stepsOf(node, context).flatMap((step, index) => (index === 0 ? step : [words(","), ...step]));
}

/** The steps one by one: "did A", "then within 3 days B", "and then not C". */
export function stepsOf({ steps, window, thenNot }: SequenceNode, context: DescribeContext): Phrase[][] {
  const lines = steps.map((step, index): Phrase[] => [
    ...(index === 0 ? [verbPhrase(step)] : [words("then"), ...withinPhrases(step)]),
    ...matchPhrases(step),
    ...(index === 0 && window && window.kind !== "ever" ? windowPhrases(window, context) : []),
    ...wherePhrases(step, context),
  ]);
  if (!thenNot) return lines;
  const stop: Phrase[] = [
    words("and"),
    absence("then not"),
    ...matchPhrases(thenNot),
    ...(thenNot.within ? [words("within"), durationPhrase(thenNot.within)] : []),
    ...wherePhrases(thenNot, context),
  ];
  return [...lines, stop];
}

function withinPhrases({ within }: SequenceStep): Phrase[] {
  if (!within) return [];
  return [words("within"), durationPhrase(within), ...(within.of === "first" ? [words("of the first")] : [])];
}
