import { dateOf as dateOfOperand } from "../../../core/audience/date";
import type { Comparison, EventFilter, Scalar } from "../../../core/audience/filter";
import { isNegative, type Moment } from "../../../core/audience/operators";
import { foldCase } from "../../../core/audience/value";
import { durationMs } from "../../../core/duration";
import { assertNever } from "../../../core/errors";
import { join, param, type Sql, sql } from "../../event-store/sql";
import { dateOf } from "./date-value";
import { engineJsonText } from "./json-text";
import { foldedTextOf, isText, type Located, locate, numberOf, someElement, someValue } from "./json-value";

const never = sql`0`;

/** A filter on a row of `messages`, as a boolean. */
export function filterPredicate(filter: EventFilter, moment: Moment): Sql {
  const located = "context" in filter ? locate(sql`context`, filter.context) : locate(sql`properties`, filter.property);
  return comparisonPredicate(filter, located, moment);
}

/** Whether a comparison holds for the values located, as `holds` of core/audience/operators.ts says. */
export function comparisonPredicate(comparison: Comparison, located: Located, moment: Moment): Sql {
  const fits = positivePredicate(comparison, located, moment);
  return isNegative(comparison.op) ? sql`(NOT ${fits})` : fits;
}

/** Whether a comparison's operator, or the one that it negates, holds for some of the values located. */
export function positivePredicate(comparison: Comparison, located: Located, moment: Moment): Sql {
  if (comparison.op === "exists" || comparison.op === "not_exists") {
    return someValue(located, (value) => sql`(${value} NOT IN ('', 'null', '""', '[]'))`);
  }
  const scalar = (piece: Sql) => scalarPredicate(comparison, piece, moment);
  const element =
    comparison.op === "contains" || comparison.op === "not_contains"
      ? (piece: Sql) => sql`(${isText(piece)} AND ${foldedTextOf(piece)} = ${param.string(foldCase(comparison.value))})`
      : scalar;
  return someValue(located, (value) => sql`(${someElement(value, scalar, element)})`);
}

function scalarPredicate(comparison: Comparison, piece: Sql, moment: Moment): Sql {
  switch (comparison.op) {
    case "exists":
    case "not_exists":
      return never;
    case "equals":
    case "not_equals":
      return equalsAny(piece, [comparison.value]);
    case "equals_any":
    case "equals_none":
      return equalsAny(piece, comparison.value);
    case "contains":
    case "not_contains":
      return textPredicate(piece, (text) => sql`position(${text}, ${param.string(foldCase(comparison.value))}) > 0`);
    case "starts_with":
      return textPredicate(piece, (text) => sql`startsWith(${text}, ${param.string(foldCase(comparison.value))})`);
    case "ends_with":
      return textPredicate(piece, (text) => sql`endsWith(${text}, ${param.string(foldCase(comparison.value))})`);
    case "gt":
      return sql`(${numberOf(piece)} > ${param.float64(Number(comparison.value))})`;
    case "gte":
      return sql`(${numberOf(piece)} >= ${param.float64(Number(comparison.value))})`;
    case "lt":
      return sql`(${numberOf(piece)} < ${param.float64(Number(comparison.value))})`;
    case "lte":
      return sql`(${numberOf(piece)} <= ${param.float64(Number(comparison.value))})`;
    case "between": {
      const number = numberOf(piece);
      const [low, high] = comparison.value;
      return sql`(${number} >= ${param.float64(Number(low))} AND ${number} <= ${param.float64(Number(high))})`;
    }
    case "before":
    case "after":
    case "within_last":
    case "more_than_ago":
    case "within_next":
    case "more_than_from_now":
      return datePredicate(comparison, dateOf(piece, moment.timeZone), moment);
    default:
      return assertNever(comparison);
  }
}

function equalsAny(piece: Sql, operands: readonly Scalar[]): Sql {
  const exact = operands.flatMap((operand) => {
    if (typeof operand === "string") return [engineJsonText(operand)];
    return typeof operand === "boolean" ? [String(operand)] : [];
  });
  const numbers = operands.filter((operand) => typeof operand === "number");
  const [onlyText] = exact;
  const cases: Sql[] = [];
  if (exact.length === 1 && onlyText !== undefined) cases.push(sql`${piece} = ${param.string(onlyText)}`);
  if (exact.length > 1) cases.push(sql`${piece} IN ${param.strings(exact)}`);
  if (numbers.length > 0) cases.push(sql`has([${join(numbers.map(param.float64))}], ${numberOf(piece)})`);
  return sql`(${join(cases, sql` OR `)})`;
}

function textPredicate(piece: Sql, fits: (text: Sql) => Sql): Sql {
  return sql`(${isText(piece)} AND ${fits(foldedTextOf(piece))})`;
}

type DateComparison = Extract<
  Comparison,
  { op: "before" | "after" | "within_last" | "more_than_ago" | "within_next" | "more_than_from_now" }
>;

/** `date` is Float64 milliseconds, NaN for what is no date. */
function datePredicate(comparison: DateComparison, date: Sql, { now, timeZone }: Moment): Sql {
  const at = param.float64;
  switch (comparison.op) {
    case "before":
    case "after": {
      const operand = dateOfOperand(comparison.value, timeZone);
      if (operand === undefined) return never;
      return comparison.op === "before" ? sql`(${date} < ${at(operand)})` : sql`(${date} > ${at(operand)})`;
    }
    case "within_last":
      return sql`(${date} >= ${at(now - durationMs(comparison.value))} AND ${date} <= ${at(now)})`;
    case "more_than_ago":
      return sql`(${date} < ${at(now - durationMs(comparison.value))})`;
    case "within_next":
      return sql`(${date} >= ${at(now)} AND ${date} <= ${at(now + durationMs(comparison.value))})`;
    case "more_than_from_now":
      return sql`(${date} > ${at(now + durationMs(comparison.value))})`;
    default:
      return assertNever(comparison);
  }
}
