import { aggregateHolds } from "@/core/audience/aggregate";
import { exactOf, textOfExact } from "@/core/audience/decimal";
import type { AggregateOperator, EventAggregate, EventNode } from "@/core/audience/definition";
import type { Moment } from "@/core/audience/operators";
import { assertNever } from "@/core/errors";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { different, exactTotal, inexact, largest, numberCount, smallest } from "./aggregate-values";
import { localOfInstant } from "./date-value";
import { eventRows } from "./event-rows";
import { locate } from "./json-value";

/** Of the people with matching events, a bitmap of those whose figure compares as asked, or of all others of them. */
export interface AggregateSet {
  people: Sql;
  /** Whether the set is of those who fail: so it is where people without an event fit. */
  failing: boolean;
}

/** A subquery of a figure over people's events, as `aggregateHolds` of core/audience/aggregate.ts compares it. */
export function peopleWithAggregate(node: EventNode, aggregate: EventAggregate, moment: Moment): AggregateSet {
  const failing = aggregateHolds(aggregate, [], moment.timeZone);
  const { values, fits } = figureOf(aggregate, moment);
  const wanted = failing ? sql`NOT (${fits})` : fits;
  const people = sql`(SELECT groupBitmapState(profile) FROM (
    SELECT profile FROM (SELECT profile, ${values} FROM ${eventRows(node, moment)}) GROUP BY profile HAVING ${wanted}
  ))`;
  return { people, failing };
}

/** What is read of each event, and what must hold of all that is read of a person's. */
function figureOf(aggregate: EventAggregate, moment: Moment): { values: Sql; fits: Sql } {
  const { op } = aggregate;
  const operand = param.float64(Number(aggregate.value));
  if (aggregate.fn === "distinct_days") {
    return { values: sql`${dayOf(moment.timeZone)} AS day`, fits: compare(op, sql`uniqExact(day)`, operand) };
  }
  const located = locate(sql`properties`, aggregate.property);
  switch (aggregate.fn) {
    case "distinct":
      return { values: sql`${different(located)} AS found`, fits: compare(op, sql`uniqExactArray(found)`, operand) };
    case "sum":
    case "avg":
      return {
        values: sql`${exactTotal(located)} AS total, ${numberCount(located)} AS numbers, ${inexact(located)} AS others`,
        fits: totalFits(aggregate.fn, op, aggregate.value),
      };
    case "min":
    case "max": {
      const extreme = aggregate.fn === "min" ? smallest(located) : largest(located);
      const figure = aggregate.fn === "min" ? sql`min(extreme)` : sql`max(extreme)`;
      return {
        values: sql`${extreme} AS extreme, ${numberCount(located)} AS numbers`,
        fits: sql`(sum(numbers) > 0 AND ${compare(op, figure, operand)})`,
      };
    }
    default:
      return assertNever(aggregate);
  }
}

/** Exact as long as all numbers and the operand are; otherwise the others are added from the smallest on, as floats. */
function totalFits(fn: "sum" | "avg", op: AggregateOperator, value: number | string): Sql {
  const times = fn === "sum" ? sql`1` : sql`sum(numbers)`;
  const sum = sql`arrayFold((sum, number) -> sum + number, arraySort(groupArrayArray(others)), toFloat64(sum(total)))`;
  const rough = compare(op, sum, sql`${param.float64(Number(value))} * ${times}`);
  const operand = exactOf(String(value));
  if (operand === undefined) return withNumbers(rough);
  const scaled = sql`toDecimal256(${param.string(textOfExact(operand))}, 24) * toInt256(${times})`;
  return withNumbers(sql`if(sum(length(others)) = 0, ${compare(op, sql`sum(total)`, scaled)}, ${rough})`);

  function withNumbers(fits: Sql): Sql {
    return fn === "sum" ? fits : sql`(sum(numbers) > 0 AND ${fits})`;
  }
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
