import { type Duration, durationMs } from "../duration";
import { assertNever } from "../errors";
import type { JsonValue } from "../event/message";
import { dateOf } from "./date";
import type { Comparison, Operator, Scalar } from "./filter";
import { foldCase, isMissing, numberOf } from "./value";

/** When and where a definition is evaluated. */
export interface Moment {
  /** Milliseconds since the epoch. */
  now: number;
  /** IANA name of the workspace's zone. */
  timeZone: string;
}

/** The operators that are exactly the negation of another, and so hold where there is no value. */
const negations: Partial<Record<Operator, Operator>> = {
  not_equals: "equals",
  equals_none: "equals_any",
  not_contains: "contains",
  not_exists: "exists",
};

export function isNegative(op: Operator): boolean {
  return negations[op] !== undefined;
}

/** The operator that this one negates; itself when it negates none. */
export function positiveOf(op: Operator): Operator {
  return negations[op] ?? op;
}

/** Whether a comparison holds for the values at its path (`valuesAt`): some of them fits, or for a negation none does. */
export function holds(comparison: Comparison, values: readonly JsonValue[], moment: Moment): boolean {
  const fits = values.some((value) => valueFits(comparison, value, moment));
  return isNegative(comparison.op) ? !fits : fits;
}

/** A list fits when some element does, but whether it exists is asked of the list itself. */
function valueFits(comparison: Comparison, value: JsonValue, moment: Moment): boolean {
  if (comparison.op === "exists" || comparison.op === "not_exists") return !isMissing(value);
  if (!Array.isArray(value)) return scalarFits(comparison, value, moment);
  if (comparison.op === "contains" || comparison.op === "not_contains") {
    const sought = foldCase(comparison.value);
    return value.some((element) => typeof element === "string" && foldCase(element) === sought);
  }
  return value.some((element) => scalarFits(comparison, element, moment));
}

/** Whether one value fits an operator, or the operator that it negates. */
function scalarFits(comparison: Comparison, value: JsonValue, moment: Moment): boolean {
  switch (comparison.op) {
    case "exists":
    case "not_exists":
      return !isMissing(value);
    case "equals":
    case "not_equals":
      return equals(value, comparison.value);
    case "equals_any":
    case "equals_none":
      return comparison.value.some((operand) => equals(value, operand));
    case "contains":
    case "not_contains":
      return typeof value === "string" && foldCase(value).includes(foldCase(comparison.value));
    case "starts_with":
      return typeof value === "string" && foldCase(value).startsWith(foldCase(comparison.value));
    case "ends_with":
      return typeof value === "string" && foldCase(value).endsWith(foldCase(comparison.value));
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return compares(comparison.op, numberOf(value), Number(comparison.value));
    case "between": {
      const [low, high] = comparison.value.map(Number);
      return compares("gte", numberOf(value), low) && compares("lte", numberOf(value), high);
    }
    case "before":
      return compares("lt", dateOf(value, moment.timeZone), dateOf(comparison.value, moment.timeZone));
    case "after":
      return compares("gt", dateOf(value, moment.timeZone), dateOf(comparison.value, moment.timeZone));
    case "within_last":
    case "more_than_ago":
    case "within_next":
    case "more_than_from_now":
      return fitsDuration(comparison.op, dateOf(value, moment.timeZone), comparison.value, moment.now);
    default:
      return assertNever(comparison);
  }
}

function equals(value: JsonValue, operand: Scalar): boolean {
  return typeof operand === "number" ? numberOf(value) === operand : value === operand;
}

function compares(op: "gt" | "gte" | "lt" | "lte", left: number | undefined, right: number | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  switch (op) {
    case "gt":
      return left > right;
    case "gte":
      return left >= right;
    case "lt":
      return left < right;
    case "lte":
      return left <= right;
    default:
      return assertNever(op);
  }
}

function fitsDuration(
  op: "within_last" | "more_than_ago" | "within_next" | "more_than_from_now",
  date: number | undefined,
  duration: Duration,
  now: number,
): boolean {
  if (date === undefined) return false;
  const length = durationMs(duration);
  switch (op) {
    case "within_last":
      return now - length <= date && date <= now;
    case "more_than_ago":
      return date < now - length;
    case "within_next":
      return now <= date && date <= now + length;
    case "more_than_from_now":
      return date > now + length;
    default:
      return assertNever(op);
  }
}
