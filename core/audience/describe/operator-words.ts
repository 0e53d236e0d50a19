import { duration } from "../../duration";
import type { Comparison, Operand, Operator, TraitNode } from "../filter";
import { operatorsByOperand } from "../filter";
import { isNegative } from "../operators";
import { instantPhrase, instantWords } from "./instant-words";
import { durationPhrase, durationWords, numberWords } from "./number-words";
import { type Phrase, words } from "./phrase";

/** The operator without what follows its value. */
export const operatorText = {
  equals: "is",
  not_equals: "is not",
  equals_any: "is one of",
  equals_none: "is none of",
  contains: "contains",
  not_contains: "does not contain",
  starts_with: "starts with",
  ends_with: "ends with",
  exists: "has a value",
  not_exists: "has no value",
  gt: "is more than",
  gte: "is at least",
  lt: "is less than",
  lte: "is at most",
  between: "is between",
  before: "is before",
  after: "is after",
  within_last: "was in the last",
  more_than_ago: "was more than",
  within_next: "will be in the next",
  more_than_from_now: "will be more than",
} as const satisfies Record<Operator, string>;

const tails: Partial<Record<Operator, string>> = { more_than_ago: "ago", more_than_from_now: "from now" };

/** Whether an operator lets in those without the value, though its words do not show it. */
function admitsMissing(op: Operator): boolean {
  return isNegative(op) && op !== "not_exists";
}

/** The operator in plain words; a negation says that it lets in those without a value. */
export function operatorWords(op: Operator): string {
  return admitsMissing(op) ? `${operatorText[op]}, or has no value` : operatorText[op];
}

const operandOf = new Map<string, Operand>(
  (["none", "scalar", "scalars", "text", "number", "range", "moment", "duration"] as const).flatMap((operand) =>
    operatorsByOperand[operand].map((op) => [op, operand] as const),
  ),
);

/** The kind of value that an operator takes. */
export function operandFor(op: Operator): Operand {
  return operandOf.get(op) ?? "none";
}

/** The value as a word, or null when there is none yet. */
export function valueWords(op: Operator, value: unknown, timeZone: string): string | null {
  switch (operandFor(op)) {
    case "none":
      return null;
    case "scalars":
      return Array.isArray(value) && value.length > 0 ? joinOr(value.map(scalarWords)) : null;
    case "range": {
      if (!Array.isArray(value) || !isEntered(value[0]) || !isEntered(value[1])) return null;
      return `${scalarWords(value[0])} and ${scalarWords(value[1])}`;
    }
    case "duration": {
      const parsed = duration.safeParse(value);
      return parsed.success ? durationWords(parsed.data) : null;
    }
    case "moment":
      return isEntered(value) ? instantWords(typeof value === "number" ? value : String(value), timeZone) : null;
    case "scalar":
    case "text":
    case "number":
      return isEntered(value) ? scalarWords(value) : null;
  }
}

function isEntered(value: unknown): boolean {
  return value !== null && value !== undefined && value !== "";
}

/** A single value as people write it; text that is blank at an end stands in quotes. */
export function scalarWords(value: unknown): string {
  if (typeof value === "number") return numberWords(value);
  if (typeof value !== "string") return String(value);
  return value.trim() === "" || value.trim() !== value ? `“${value}”` : value;
}

function joinOr(items: readonly string[]): string {
  if (items.length > 4) return `${items.slice(0, 3).join(", ")} or ${numberWords(items.length - 3)} more`;
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
}

export function scalarPhrase(value: unknown): Phrase {
  return { role: "value", text: scalarWords(value), exact: JSON.stringify(value) };
}

/** "is more than 5", "is not pro (or has no value)", "was more than 3 days ago": all of a comparison, no value left out. */
export function comparisonPhrases(comparison: Comparison, timeZone: string): Phrase[] {
  const { op } = comparison;
  const tail = tails[op];
  return [
    words(operatorText[op]),
    ...operandPhrases(comparison, timeZone),
    ...(tail ? [words(tail)] : []),
    ...(admitsMissing(op) ? [words("(or has no value)")] : []),
  ];
}

function operandPhrases(comparison: Comparison, timeZone: string): Phrase[] {
  switch (comparison.op) {
    case "exists":
    case "not_exists":
      return [];
    case "equals_any":
    case "equals_none":
      return joined(comparison.value.map(scalarPhrase));
    case "between":
      return [scalarPhrase(comparison.value[0]), words("and"), scalarPhrase(comparison.value[1])];
    case "before":
    case "after":
      return [instantPhrase(comparison.value, timeZone)];
    case "within_last":
    case "more_than_ago":
    case "within_next":
    case "more_than_from_now":
      return [durationPhrase(comparison.value)];
    default:
      return [scalarPhrase(comparison.value)];
  }
}

function joined(items: readonly Phrase[]): Phrase[] {
  return items.flatMap((item, index) => {
    if (index === 0) return [item];
    return [words(index === items.length - 1 ? "or" : ","), item];
  });
}

/** For how long a trait has held, where that is asked. */
export function heldPhrases({ heldFor }: Pick<TraitNode, "heldFor">): Phrase[] {
  return heldFor ? [words("for at least"), durationPhrase(heldFor)] : [];
}
