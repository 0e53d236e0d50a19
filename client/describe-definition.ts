import type { AudienceTree, EventMatch, EventNode, SequenceNode, SequenceStep } from "@/core/audience/definition";
import type { Comparison, EventFilter } from "@/core/audience/filter";
import { assertNever } from "@/core/errors";
import { isAbsence } from "./audience-draft/draft";
import { operatorWords, valueWords } from "./audience-draft/operator-words";
import { countWords, durationWords, windowWords } from "./audience-draft/window-words";

/** A part of a sentence; `name` is an event, trait or audience as it is called. */
export type Phrase = { text: string } | { name: string } | { absence: string };

export interface DefinitionLine {
  depth: number;
  joiner: "who" | "and" | "or" | "";
  phrases: Phrase[];
}

interface Names {
  timeZone: string;
  audienceName: (id: string) => string;
}

/** A definition as sentences to be read, one a line, groups above what they hold. */
export function describeDefinition(root: AudienceTree, names: Names): DefinitionLine[] {
  const lines = root.kind === "all" ? linesOfAll(root.conditions, 0, names) : linesOf(root, 0, "who", names);
  return lines.map((line, index) => (index === 0 ? { ...line, joiner: "who" } : line));
}

function linesOfAll(conditions: readonly AudienceTree[], depth: number, names: Names): DefinitionLine[] {
  return conditions.flatMap((condition, index) => linesOf(condition, depth, index === 0 ? "" : "and", names));
}

function linesOf(node: AudienceTree, depth: number, joiner: DefinitionLine["joiner"], names: Names): DefinitionLine[] {
  const line = (...phrases: Phrase[]): DefinitionLine => ({ depth, joiner, phrases });
  switch (node.kind) {
    case "all":
      return [line({ text: "all of" }), ...linesOfAll(node.conditions, depth + 1, names)];
    case "any":
      return [
        line({ text: "any of" }),
        ...node.conditions.flatMap((child, index) => linesOf(child, depth + 1, index === 0 ? "" : "or", names)),
      ];
    case "not":
      return [line({ absence: "not" }), ...linesOf(node.condition, depth + 1, "", names)];
    case "event":
      return [line(...eventPhrases(node, names))];
    case "sequence":
      return [line({ text: "in this order" }), ...sequenceLines(node, depth + 1, names)];
    case "trait":
      return [line({ text: "trait " }, { name: node.trait }, { text: ` ${comparisonWords(node, names)}` })];
    case "audience":
      return [
        line(
          node.member ? { text: "is in" } : { absence: "is not in" },
          { text: " " },
          { name: names.audienceName(node.audienceId) },
        ),
      ];
    default:
      return assertNever(node);
  }
}

function eventPhrases(node: EventNode, names: Names): Phrase[] {
  const absent = node.count !== undefined && isAbsence(node.count);
  const often = node.count && !absent && !(node.count.op === "at_least" && node.count.value === 1);
  const window = node.window ?? { kind: "ever" };
  return [
    absent ? { absence: "did not" } : { text: "did" },
    ...matchPhrases(node),
    ...(often && node.count ? [{ text: ` ${countWords(node.count)}` }] : []),
    ...(window.kind === "ever" && !absent ? [] : [{ text: ` ${windowWords(window, names.timeZone)}` }]),
    ...wherePhrases(node, names),
  ];
}

function matchPhrases({ event, type }: EventMatch): Phrase[] {
  const kind = type === "page" ? "view page" : type === "screen" ? "view screen" : "";
  if (event === undefined) return [{ text: kind === "" ? " any event" : ` ${kind}, any` }];
  return [{ text: kind === "" ? " " : ` ${kind} ` }, { name: event }];
}

function wherePhrases({ where = [] }: EventMatch, names: Names): Phrase[] {
  return where.flatMap((filter, index): Phrase[] => [
    { text: index === 0 ? " where " : " and " },
    { name: pathOf(filter) },
    { text: ` ${comparisonWords(filter, names)}` },
  ]);
}

function pathOf(filter: EventFilter): string {
  return "property" in filter ? filter.property : filter.context;
}

function comparisonWords(comparison: Comparison, { timeZone }: Names): string {
  const value = "value" in comparison ? valueWords(comparison.op, comparison.value, timeZone) : null;
  const tail = comparison.op === "more_than_ago" ? "ago" : comparison.op === "more_than_from_now" ? "from now" : null;
  return [operatorWords(comparison.op), value, tail].filter((words) => words !== null).join(" ");
}

function sequenceLines(node: SequenceNode, depth: number, names: Names): DefinitionLine[] {
  const steps = node.steps.map(
    (step, index): DefinitionLine => ({
      depth,
      joiner: "",
      phrases: [
        { text: index === 0 ? "did" : "then" },
        ...matchPhrases(step),
        ...(index === 0 && node.window ? [{ text: ` ${windowWords(node.window, names.timeZone)}` }] : []),
        ...withinPhrases(step),
        ...wherePhrases(step, names),
      ],
    }),
  );
  if (!node.thenNot) return steps;
  const phrases: Phrase[] = [
    { absence: "then not" },
    ...matchPhrases(node.thenNot),
    ...(node.thenNot.within ? [{ text: ` within ${durationWords(node.thenNot.within)}` }] : []),
    ...wherePhrases(node.thenNot, names),
  ];
  return [...steps, { depth, joiner: "", phrases }];
}

function withinPhrases({ within }: SequenceStep): Phrase[] {
  if (!within) return [];
  return [{ text: ` within ${durationWords(within)}${within.of === "first" ? " of the first" : ""}` }];
}
