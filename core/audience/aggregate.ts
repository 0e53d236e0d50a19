import { assertNever } from "../errors";
import type { HistoryMessage, JsonValue } from "../event/message";
import { dayOf } from "./calendar";
import { exactOf, floatOfExact } from "./decimal";
import type { AggregateOperator, EventAggregate } from "./definition";
import { isMissing, numberOf, valuesAt } from "./value";

/** Whether a figure over some events compares with its number as an aggregate asks. */
export function aggregateHolds(
  aggregate: EventAggregate,
  events: readonly HistoryMessage[],
  timeZone: string,
): boolean {
  const { op } = aggregate;
  const operand = Number(aggregate.value);
  if (aggregate.fn === "distinct_days") {
    return compares(op, new Set(events.map(({ timestamp }) => dayOf(timestamp, timeZone))).size, operand);
  }
  const values = elementsAt(aggregate.property, events);
  switch (aggregate.fn) {
    case "distinct": {
      const different = new Set(values.filter((value) => !isMissing(value)).map((value) => JSON.stringify(value)));
      return compares(op, different.size, operand);
    }
    case "sum":
      return totalHolds(op, values.filter(isNumber), String(aggregate.value), 1);
    case "avg": {
      const numbers = values.filter(isNumber);
      // Compared as sum with value × n: a division would round.
      return numbers.length > 0 && totalHolds(op, numbers, String(aggregate.value), numbers.length);
    }
    case "min":
    case "max": {
      const numbers = values.flatMap((value) => numberOf(value) ?? []);
      if (numbers.length === 0) return false;
      const extreme = aggregate.fn === "min" ? Math.min : Math.max;
      return compares(
        op,
        numbers.reduce((one, other) => extreme(one, other)),
        operand,
      );
    }
    default:
      return assertNever(aggregate);
  }
}

/** The values at a path of all events, each element of a list a value of its own. */
function elementsAt(property: string, events: readonly HistoryMessage[]): JsonValue[] {
  return events.flatMap(({ properties }) => valuesAt(properties, property).flat());
}

function isNumber(value: JsonValue): value is number | string {
  return numberOf(value) !== undefined;
}

/** Whether the exact sum of some numbers compares with a number taken so many times. */
function totalHolds(
  op: AggregateOperator,
  numbers: readonly (number | string)[],
  operand: string,
  times: number,
): boolean {
  const texts = numbers.map(String);
  const total = texts.reduce((sum, text) => sum + (exactOf(text) ?? 0n), 0n);
  const others = texts.filter((text) => exactOf(text) === undefined).map(Number);
  const sought = exactOf(operand);
  if (others.length === 0 && sought !== undefined) return compares(op, total, sought * BigInt(times));
  const rough = others.sort((one, other) => one - other).reduce((sum, number) => sum + number, floatOfExact(total));
  return compares(op, rough, Number(operand) * times);
}

function compares<Size extends number | bigint>(op: AggregateOperator, figure: Size, operand: Size): boolean {
  switch (op) {
    case "gt":
      return figure > operand;
    case "gte":
      return figure >= operand;
    case "lt":
      return figure < operand;
    case "lte":
      return figure <= operand;
    case "eq":
      return figure === operand;
    default:
      return assertNever(op);
  }
}
