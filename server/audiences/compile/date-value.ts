import { localOffsets } from "../../../core/audience/zone";
import { param, type Sql, sql } from "../../event-store/sql";
import { numberOf } from "./json-value";

const isoDate = sql`'^"(\\\\d{4})-(\\\\d{2})-(\\\\d{2})(?:[Tt ](\\\\d{2}):(\\\\d{2})(?::(\\\\d{2})(?:[.,](\\\\d+))?)?([Zz]|[+-]\\\\d{2}(?::?\\\\d{2})?)?)?"$'`;

/** Binds an expression to a name inside another, so that it stands in the text once. */
function bound(name: Sql, value: Sql, body: Sql): Sql {
  return sql`arrayMap(${name} -> ${body}, [${value}])[1]`;
}

/**
 * The moment that a scalar names, as `dateOf` of core/audience/date.ts reads it, in milliseconds since the epoch as
 * Float64; NaN for what is no date. In plain arithmetic: the engine's own types for moments end at 1900 and 2299.
 */
export function dateOf(piece: Sql, timeZone: string): Sql {
  const number = sql`number`;
  const parts = sql`parts`;
  const ofNumber = sql`if(number < 100000000000, number * 1000, number)`;
  const ofText = bound(
    parts,
    sql`extractGroups(${piece}, ${isoDate})`,
    sql`if(empty(parts), nan, ${isoDateOf(timeZone)})`,
  );
  return bound(number, numberOf(piece), sql`if(isNaN(number), ${ofText}, ${ofNumber})`);
}

/** Of `parts`: year, month, day, hour, minute, second, fraction, offset; those after the day may be ''. */
function isoDateOf(timeZone: string): Sql {
  const year = sql`toInt64(parts[1])`;
  const month = sql`toInt64(parts[2])`;
  const day = sql`toInt64(parts[3])`;
  const leap = sql`((${year} % 4 = 0 AND ${year} % 100 != 0) OR ${year} % 400 = 0)`;
  const daysInMonth = sql`[31, if(${leap}, 29, 28), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][${month}]`;
  const time = [4, 5, 6].map((index) => sql`toInt64OrZero(parts[${param.uint32(index)}])`);
  const [hour = sql`0`, minute = sql`0`, second = sql`0`] = time;
  const offsetHours = sql`toInt64OrZero(substring(parts[8], 2, 2))`;
  const offsetMinutes = sql`toInt64OrZero(substring(replaceOne(parts[8], ':', ''), 4, 2))`;
  const valid = sql`${month} BETWEEN 1 AND 12 AND ${day} BETWEEN 1 AND ${daysInMonth} AND ${hour} <= 23 AND ${minute} <= 59 AND ${second} <= 59 AND ${offsetHours} <= 23 AND ${offsetMinutes} <= 59`;
  const milliseconds = sql`toInt64OrZero(rightPad(substring(parts[7], 1, 3), 3, '0'))`;
  const local = sql`(((${daysSinceEpoch(year, month, day)} * 24 + ${hour}) * 60 + ${minute}) * 60 + ${second}) * 1000 + ${milliseconds}`;
  const offset = sql`multiIf(parts[8] = '', ${zoneOffset(timeZone)}, parts[8] IN ('Z', 'z'), 0, (${offsetHours} * 60 + ${offsetMinutes}) * if(startsWith(parts[8], '-'), -60000, 60000))`;
  return sql`if(${valid}, toFloat64(${bound(sql`local`, local, sql`local - ${offset}`)}), nan)`;
}

/** Days of the Gregorian calendar from 1970-01-01; counted from March, so that the leap day is the last of its year. */
function daysSinceEpoch(year: Sql, month: Sql, day: Sql): Sql {
  const fromMarch = sql`(${year} + 400 - (${month} <= 2))`;
  const monthFromMarch = sql`((${month} + 9) % 12)`;
  return sql`(365 * ${fromMarch} + intDiv(${fromMarch}, 4) - intDiv(${fromMarch}, 100) + intDiv(${fromMarch}, 400) + intDiv(153 * ${monthFromMarch} + 2, 5) + ${day} - 1 - 719468 - 146097)`;
}

/** The zone's offset at `local`, from the table that the evaluator reads too. */
function zoneOffset(timeZone: string): Sql {
  const offsets = localOffsets(timeZone);
  const [only] = offsets;
  if (only !== undefined && offsets.length === 1) return sql`${param.int64(only.offsetMs)}`;
  const numbers = (values: readonly number[]) =>
    sql`arrayMap(text -> toInt64(text), splitByChar(',', ${param.string(values.join(","))}))`;
  const froms = numbers(offsets.map((offset) => offset.fromLocalMs));
  return sql`${numbers(offsets.map((offset) => offset.offsetMs))}[arrayCount(from -> from <= local, ${froms})]`;
}
