import { type Operand, type Operator, operatorsByOperand } from "@/core/audience/filter";
import { isNegative } from "@/core/audience/operators";
import { duration } from "@/core/duration";
import { formatCount } from "../format";
import { durationWords, instantWords } from "./window-words";

const words = {
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

/** The operator in plain words; a negation says that it lets in those without a value. */
export function operatorWords(op: Operator): string {
  return isNegative(op) && op !== "not_exists" ? `${words[op]}, or has no value` : words[op];
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

/** A single value as people write it; text that could be taken for a number or is blank stands in quotes. */
export function scalarWords(value: unknown): string {
  if (typeof value === "number") return formatCount(value);
  if (typeof value !== "string") return String(value);
  return value.trim() === "" || value.trim() !== value ? `“${value}”` : value;
}

function joinOr(items: readonly string[]): string {
  if (items.length > 4) return `${items.slice(0, 3).join(", ")} or ${formatCount(items.length - 3)} more`;
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
}

/** The value to go on with when the operator changes: kept where the new operator takes the like. */
export function valueForOperator(op: Operator, from: Operator, value: unknown): unknown {
  const operand = operandFor(op);
  const before = operandFor(from);
  if (operand === before) return value;
  const single = before === "scalars" && Array.isArray(value) ? value[0] : value;
  switch (operand) {
    case "none":
    case "range":
    case "moment":
      return null;
    case "duration":
      return { amount: 7, unit: "day" };
    case "scalars":
      return isEntered(single) && before === "scalar" ? [single] : [];
    case "scalar":
      return typeof single === "object" ? null : (single ?? null);
    case "text":
      return typeof single === "string" ? single : typeof single === "number" ? String(single) : null;
    case "number":
      return typeof single === "number" ? single : null;
  }
}
