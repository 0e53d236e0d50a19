import { dateOf as dateOfOperand } from "@/core/audience/date";
import { type Comparison, type EventFilter, operatorsByOperand, type Scalar } from "@/core/audience/filter";
import { isNegative, type Moment } from "@/core/audience/operators";
import { foldCase } from "@/core/audience/value";
import { type Duration, durationMs } from "@/core/duration";
import { assertNever } from "@/core/errors";
import { empty, join, param, type Sql, sql } from "@/server/event-store/sql";
import { dateOf } from "./date-value";
import { engineJsonText } from "./json-text";
import {
  elementsOf,
  flatPiece,
  foldedTextOf,
  isText,
  type Located,
  locate,
  numberOf,
  someElement,
  someListElement,
  someValue,
} from "./json-value";

const never = sql`0`;

/** A filter on a row of `messages`, as a boolean. */
export function filterPredicate(filter: EventFilter, moment: Moment): Sql {
  const flat = asksForText(filter) ? flatPredicate(filter, moment) : undefined;
  const whole = parsedPredicate(filter, moment);
  if (flat === undefined) return signed(filter, whole);
  return signed(filter, sql`((is_flat AND ${flat}) OR (NOT is_flat AND ${whole}))`);
}

/**
 * A filter on rows of `messages` whose properties are flat, which half the work is enough for, and on all others, each to be
 * read for itself: one expression of both would cost more than it saves. Undefined where all rows are alike.
 */
export function splitFilter(filter: EventFilter, moment: Moment): { flat: Sql; others: Sql } | undefined {
  const flat = flatPredicate(filter, moment);
  return flat && { flat: signed(filter, flat), others: copiedFilterPredicate(filter, moment) };
}

/** The same on a row that has only the `properties` or the `context` of one of `messages`. */
export function copiedFilterPredicate(filter: EventFilter, moment: Moment): Sql {
  return signed(filter, parsedPredicate(filter, moment));
}

function signed({ op }: EventFilter, fits: Sql): Sql {
  return isNegative(op) ? sql`(NOT ${fits})` : fits;
}

function parsedPredicate(filter: EventFilter, moment: Moment): Sql {
  const column = "context" in filter ? sql`context` : sql`properties`;
  const located = locate(column, "context" in filter ? filter.context : filter.property);
  return sql`(${mayHold(filter, column)}${positivePredicate(filter, located, moment)})`;
}

/** On a row whose properties are flat; undefined where the text of one may not tell. */
function flatPredicate(filter: EventFilter, moment: Moment): Sql | undefined {
  if (!("property" in filter) || textsOf(filter).some((text) => engineJsonText(text) !== `"${text}"`)) return undefined;
  const piece = flatPiece(filter.property);
  if (piece === undefined) return undefined;
  if (asksForText(filter)) {
    const member = `${JSON.stringify(filter.property)}:${JSON.stringify(filter.value)}`;
    return sql`position(properties, ${param.string(member)}) > 0`;
  }
  return positivePredicate(filter, { kind: "scalar", piece }, moment);
}

/** Whether a value must be equal to one text. */
function asksForText(filter: EventFilter): filter is EventFilter & { op: "equals" | "not_equals"; value: string } {
  return (filter.op === "equals" || filter.op === "not_equals") && typeof filter.value === "string";
}

/** The texts that a value must be equal to. */
function textsOf(filter: EventFilter): string[] {
  const values = "value" in filter ? [filter.value].flat() : [];
  return values.filter((value) => typeof value === "string");
}

/** Text that stands in JSON as it is. */
const plain = /^[\w .@:-]+$/;

/** Where a text is asked for, a search for it in the whole object spares most rows from being parsed. */
function mayHold(filter: EventFilter, column: Sql): Sql {
  if (!asksForText(filter) || !plain.test(filter.value)) return empty;
  return sql`position(${column}, ${param.string(JSON.stringify(filter.value))}) > 0 AND `;
}

/** Whether a comparison's operator, or the one that it negates, holds for some of the values located. */
export function positivePredicate(comparison: Comparison, located: Located, moment: Moment): Sql {
  if (comparison.op === "exists" || comparison.op === "not_exists") {
    return someValue(located, (value) => sql`(${value} NOT IN ('', 'null', '""', '[]'))`);
  }
  if (isDateComparison(comparison)) {
    // Reading a date is long in the text, so it is done once, ahead of the comparison.
    const dates = sql`arrayMap(element -> ${dateOf(sql`element`, moment.timeZone)}, ${elementsOf(located)})`;
    return sql`arrayExists(date -> ${datePredicate(comparison, sql`date`, moment)}, ${dates})`;
  }
  const fits = (piece: Sql) => scalarPredicate(comparison, piece);
  if (comparison.op === "contains" || comparison.op === "not_contains") {
    const sought = foldCase(comparison.value);
    const among = someListElement(located, (piece) =>
      textPredicate(piece, sought, (text, same) => sql`${text} = ${same}`),
    );
    return sql`(${someValue(located, fits)} OR ${among})`;
  }
  return someElement(located, fits);
}

function scalarPredicate(comparison: Exclude<Comparison, DateComparison>, piece: Sql): Sql {
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
      return textPredicate(piece, foldCase(comparison.value), (text, sought) => sql`position(${text}, ${sought}) > 0`);
    case "starts_with":
      return textPredicate(piece, foldCase(comparison.value), (text, sought) => sql`startsWith(${text}, ${sought})`);
    case "ends_with":
      return textPredicate(piece, foldCase(comparison.value), (text, sought) => sql`endsWith(${text}, ${sought})`);
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

/** `sought` is a text that was folded. */
function textPredicate(piece: Sql, sought: string, fits: (text: Sql, sought: Sql) => Sql): Sql {
  return sql`(${isText(piece)} AND ${fits(foldedTextOf(piece, sought), sql`${param.string(sought)}`)})`;
}

type DateComparison = Extract<Comparison, { value: Duration } | { op: "before" | "after" }>;

function isDateComparison(comparison: Comparison): comparison is DateComparison {
  const { op } = comparison;
  return (
    operatorsByOperand.moment.some((name) => name === op) || operatorsByOperand.duration.some((name) => name === op)
  );
}

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
