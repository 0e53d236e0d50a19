import { longestExact } from "@/core/audience/decimal";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { elementsOf, type Located, numberOf, numberTextOf } from "./json-value";

/** What is made of one value, or of a list of them; most properties hold a single one, which then costs no array. */
function ofEach(located: Located, one: (piece: Sql) => Sql, many: (pieces: Sql) => Sql): Sql {
  if (located.kind === "some") return many(elementsOf(located));
  const { piece } = located;
  return sql`if(startsWith(${piece}, '['), ${many(sql`JSONExtractArrayRaw(${piece})`)}, ${one(piece)})`;
}

/** How many numbers an event has at a path. */
export function numberCount(located: Located): Sql {
  const counts = (piece: Sql) => sql`toUInt64(${numberTextOf(piece)} != '')`;
  return ofEach(located, counts, (pieces) => sql`arraySum(element -> ${counts(sql`element`)}, ${pieces})`);
}

/** Whether a number, as text, is one that is added exactly: as `exactOf` of core/audience/decimal.ts says. */
function isExact(text: Sql): Sql {
  return sql`(length(${text}) <= ${param.uint32(longestExact)} AND abs(toFloat64OrZero(${text})) < 1e40)`;
}

/** The exact sum of the numbers that are added exactly, as Decimal(76, 24); 0 where there are none. */
export function exactTotal(located: Located): Sql {
  const exact = (piece: Sql) => {
    const text = numberTextOf(piece);
    return sql`if(${isExact(text)}, toDecimal256OrZero(${text}, 24), toDecimal256(0, 24))`;
  };
  return ofEach(located, exact, (pieces) => sql`arraySum(element -> ${exact(sql`element`)}, ${pieces})`);
}

/** An array of all other numbers, as Float64. */
export function inexact(located: Located): Sql {
  const other = (piece: Sql) => sql`NOT ${isExact(numberTextOf(piece))}`;
  const many = (pieces: Sql) =>
    sql`arrayMap(element -> ${numberOf(sql`element`)}, arrayFilter(element -> ${other(sql`element`)}, ${pieces}))`;
  return ofEach(located, (piece) => sql`if(${other(piece)}, [${numberOf(piece)}], [])`, many);
}

function orElse(number: Sql, neutral: Sql): Sql {
  return sql`if(isNaN(${number}), ${neutral}, ${number})`;
}

/** The smallest number as Float64; infinity, which no other is larger than, where there is none. */
export function smallest(located: Located): Sql {
  const size = (piece: Sql) => orElse(numberOf(piece), sql`inf`);
  return ofEach(
    located,
    size,
    (pieces) => sql`arrayMin(arrayPushBack(arrayMap(element -> ${size(sql`element`)}, ${pieces}), inf))`,
  );
}

/** The largest number as Float64; minus infinity where there is none. */
export function largest(located: Located): Sql {
  const size = (piece: Sql) => orElse(numberOf(piece), sql`-inf`);
  return ofEach(
    located,
    size,
    (pieces) => sql`arrayMax(arrayPushBack(arrayMap(element -> ${size(sql`element`)}, ${pieces}), -inf))`,
  );
}

/** An array of the values that are not missing, as the engine writes them. */
export function different(located: Located): Sql {
  const present = (piece: Sql) => sql`${piece} NOT IN ('', 'null', '""', '[]')`;
  const many = (pieces: Sql) => sql`arrayFilter(element -> ${present(sql`element`)}, ${pieces})`;
  return ofEach(located, (piece) => sql`if(${present(piece)}, [${piece}], [])`, many);
}
