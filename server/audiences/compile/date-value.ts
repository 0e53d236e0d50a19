import { zoneOffsets } from "@/core/audience/zone";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { numberOf } from "./json-value";

/** A date as a piece of JSON: every part stands at its place, and in its range but for the day. */
const isoDate = sql`'^"\\\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\\\d|3[01])([Tt ]([01]\\\\d|2[0-3]):[0-5]\\\\d(:[0-5]\\\\d([.,]\\\\d+)?)?([Zz]|[+-]([01]\\\\d|2[0-3])(:?[0-5]\\\\d)?)?)?"$'`;

/**
 * The moment that a scalar names, as `dateOf` of core/audience/date.ts reads it, in milliseconds since the epoch as
 * Float64; NaN for what is no date. Written without lambdas, which cost the engine much to analyse, and with years
 * moved by whole cycles of the calendar into those that the engine knows.
 */
export function dateOf(piece: Sql, timeZone: string): Sql {
  const number = numberOf(piece);
  return sql`if(
    match(${piece}, ${isoDate}) AND toDayOfMonth(${dayInCycle(piece)}) = toUInt8OrZero(substring(${piece}, 10, 2)), ${isoMoment(piece, timeZone)},
    if(${number} < 100000000000, ${number} * 1000, ${number}))`;
}

/** The day in the years 1900 to 2299, after which the calendar repeats; another day where there is no such day. */
function dayInCycle(piece: Sql): Sql {
  const month = sql`toUInt8OrZero(substring(${piece}, 7, 2))`;
  return sql`makeDate32(1900 + (${year(piece)} + 100) % 400, ${month}, toUInt8OrZero(substring(${piece}, 10, 2)))`;
}

function year(piece: Sql): Sql {
  return sql`toInt64OrZero(substring(${piece}, 2, 4))`;
}

/** Of a piece that `isoDate` matches. Most dates come alone, and are read with less work. */
function isoMoment(piece: Sql, timeZone: string): Sql {
  const midnight = sql`((toInt64(toInt32(${dayInCycle(piece)})) + 146097 * (intDiv(${year(piece)} + 100, 400) - 5)) * 86400000)`;
  const hours = sql`toInt64OrZero(substring(${piece}, 13, 2))`;
  const minutes = sql`toInt64OrZero(substring(${piece}, 16, 2))`;
  const seconds = sql`if(substring(${piece}, 18, 1) = ':', toInt64OrZero(substring(${piece}, 19, 2)), 0)`;
  const milliseconds = sql`toInt64OrZero(rightPad(extract(${piece}, '[.,](\\\\d{1,3})'), 3, '0'))`;
  const local = sql`(${midnight} + ((${hours} * 60 + ${minutes}) * 60 + ${seconds}) * 1000 + ${milliseconds})`;
  const offset = sql`extract(${piece}, '([Zz]|[+-]\\\\d{2}:?\\\\d{0,2})"$')`;
  const offsetMinutes = sql`(toInt64OrZero(substring(${offset}, 2, 2)) * 60 + toInt64OrZero(substring(replaceOne(${offset}, ':', ''), 4, 2)))`;
  return sql`toFloat64(multiIf(
    length(${piece}) = 12, ${midnight} - ${zoneOffset(midnight, timeZone)},
    ${offset} = '', ${local} - ${zoneOffset(local, timeZone)},
    startsWith(${offset}, '-'), ${local} + 60000 * ${offsetMinutes},
    ${local} - 60000 * ${offsetMinutes}))`;
}

/** The zone's offset at a local time, from the table that the evaluator reads too. */
function zoneOffset(local: Sql, timeZone: string): Sql {
  return offsetAt(
    local,
    zoneOffsets(timeZone).map(({ fromLocalMs, offsetMs }) => ({ from: fromLocalMs, offsetMs })),
  );
}

/** What the clocks of a zone show at an instant, as `localOfInstant` of core/audience/zone.ts has it; Int64 milliseconds. */
export function localOfInstant(instant: Sql, timeZone: string): Sql {
  const offsets = zoneOffsets(timeZone).map(({ fromMs, offsetMs }) => ({ from: fromMs, offsetMs }));
  return sql`(${instant} + ${offsetAt(instant, offsets)})`;
}

function offsetAt(time: Sql, offsets: readonly { from: number; offsetMs: number }[]): Sql {
  const [only] = offsets;
  if (only !== undefined && offsets.length === 1) return sql`${param.int64(only.offsetMs)}`;
  const froms = numbers(offsets.map(({ from }) => from));
  return sql`transform(roundDown(${time}, ${froms}), ${froms}, ${numbers(offsets.map(({ offsetMs }) => offsetMs))}, toInt64(0))`;
}

function numbers(values: readonly number[]): Sql {
  return sql`CAST(${param.string(`[${values.join(",")}]`)}, 'Array(Int64)')`;
}
