import { longestExact } from "@/core/audience/decimal";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { elementsOf, type Located, numberTextOf } from "./json-value";

/** From rows with a profile: a row of profile and `piece` for each value at a path, each element of a list one of its own. */
function pieceRows(located: Located, rows: Sql): Sql {
  return sql`SELECT profile, arrayJoin(${elementsOf(located)}) AS piece FROM ${rows}`;
}

/** Rows of profile and `piece` for each value that is not missing, as the engine writes it. */
export function presentRows(located: Located, rows: Sql): Sql {
  return sql`SELECT profile, piece FROM (${pieceRows(located, rows)}) WHERE piece NOT IN ('', 'null', '""', '[]')`;
}

/**
 * Rows of profile and `text`, the decimal text of each number at a path, and of whether it is one that is added exactly, as
 * `exactOf` of core/audience/decimal.ts says: nearly all are, which their text shows without being read.
 */
export function numberRows(located: Located, rows: Sql): Sql {
  const plain = sql`length(text) <= 30 AND position(text, 'e') = 0 AND position(text, 'E') = 0`;
  const exact = sql`length(text) <= ${param.uint32(longestExact)} AND abs(toFloat64OrZero(text)) < 1e40`;
  return sql`SELECT profile, text, (${plain}) OR (${exact}) AS exact FROM (
    SELECT profile, ${numberTextOf(sql`piece`)} AS text FROM (${pieceRows(located, rows)})
  ) WHERE text != ''`;
}
