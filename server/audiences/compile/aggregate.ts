import { aggregateHolds } from "@/core/audience/aggregate";
import { exactOf, textOfExact } from "@/core/audience/decimal";
import type { AggregateOperator, EventAggregate, EventNode } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { assertNever } from "@/core/errors";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { numberRows, presentRows } from "./aggregate-values";
import { localOfInstant } from "./date-value";
import { eventRows } from "./event-rows";
import { statePeople } from "./set-reader";

/** Of the people with matching events, a statement of those whose figure compares as asked, or of all others of them. */
interface AggregateSet {
  people: Sql;
  /** Whether the set is of those who fail: so it is where people without an event fit. */
  failing: boolean;
}

/** Of a figure over people's events, as `aggregateHolds` of core/audience/aggregate.ts compares it. */
export function peopleWithAggregate(node: EventNode, aggregate: EventAggregate, moment: Moment): AggregateSet {
  const failing = aggregateHolds(aggregate, [], moment.timeZone);
  const { rows, fits } = figureOf(node, aggregate, moment);
  const wanted = failing ? sql`NOT (${fits})` : fits;
  const people = sql`SELECT ${statePeople} FROM (SELECT profile FROM (${rows}) GROUP BY profile HAVING ${wanted})`;
  return { people, failing };
}

/** The rows of values that a figure is of, and what must hold of all of a person's. Without any, it is as without events. */
function figureOf(node: EventNode, aggregate: EventAggregate, moment: Moment): { rows: Sql; fits: Sql } {
  const { op } = aggregate;
  const events = eventRows(node, moment);
  const operand = param.float64(Number(aggregate.value));
  if (aggregate.fn === "distinct_days") {
    const rows = sql`SELECT profile, ${dayOf(moment.timeZone)} AS day FROM ${events}`;
    return { rows, fits: compare(op, sql`uniqExact(day)`, operand) };
  }
  const { property } = aggregate;
  const ofMessages = (node.occurrence ?? "any") === "any";
  switch (aggregate.fn) {
    case "distinct":
      return { rows: presentRows(property, events, ofMessages), fits: compare(op, sql`uniqExact(piece)`, operand) };
    case "sum":
    case "avg":
      return { rows: numberRows(property, events, ofMessages), fits: totalFits(aggregate.fn, op, aggregate.value) };
    case "min":
    case "max": {
      const figure = aggregate.fn === "min" ? sql`min(toFloat64OrZero(text))` : sql`max(toFloat64OrZero(text))`;
      return { rows: numberRows(property, events, ofMessages), fits: compare(op, figure, operand) };
    }
    default:
      return assertNever(aggregate);
  }
}

/** Exact as long as all numbers and the operand are; otherwise the others are added from the smallest on, as floats. */
function totalFits(fn: "sum" | "avg", op: AggregateOperator, value: number | string): Sql {
  const times = fn === "sum" ? sql`1` : sql`count()`;
  const total = sql`sumIf(toDecimal256OrZero(text, 24), exact)`;
  const others = sql`arraySort(groupArrayIf(toFloat64OrZero(text), NOT exact))`;
  const sum = sql`arrayFold((sum, number) -> sum + number, ${others}, toFloat64(${total}))`;
  const rough = compare(op, sum, sql`${param.float64(Number(value))} * ${times}`);
  const operand = exactOf(String(value));
  if (operand === undefined) return rough;
  const scaled = sql`toDecimal256(${param.string(textOfExact(operand))}, 24) * toInt256(${times})`;
  return sql`if(countIf(NOT exact) = 0, ${compare(op, total, scaled)}, ${rough})`;
}

/** The calendar day of the zone, as `dayOf` of core/audience/calendar.ts has it. Stored moments begin in 1970. */
function dayOf(timeZone: string): Sql {
  // A day is added so that the first one, which may begin before 1970, is not cut towards it.
  return sql`intDiv(${localOfInstant(sql`toUnixTimestamp64Milli(timestamp)`, timeZone)} + 86400000, 86400000)`;
}

function compare(op: AggregateOperator, figure: Sql, operand: Sql): Sql {
  switch (op) {
    case "gt":
      return sql`${figure} > ${operand}`;
    case "gte":
      return sql`${figure} >= ${operand}`;
    case "lt":
      return sql`${figure} < ${operand}`;
    case "lte":
      return sql`${figure} <= ${operand}`;
    case "eq":
      return sql`${figure} = ${operand}`;
    default:
      return assertNever(op);
  }
}
