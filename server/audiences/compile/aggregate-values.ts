import { longestExact } from "@/core/audience/decimal";
import { param, type Sql, sql } from "@/server/event-store/sql";
import { elementsOf, flatPiece, locate, numberTextOf } from "./json-value";

/** From rows with a profile and properties: a row of profile and `piece` for each value at a path, each element of a list one of its own. */
function pieceRows(path: string, rows: Sql): Sql {
  return sql`SELECT profile, arrayJoin(${elementsOf(locate(sql`properties`, path))}) AS piece FROM ${rows}`;
}

/**
 * The same where the rows may be those of `messages` (`rows` then ends in a condition): those that are flat have one value, as
 * it is written.
 */
function rowsOf(path: string, rows: Sql, ofMessages: boolean): Sql {
  const flat = ofMessages ? flatPiece(path) : undefined;
  if (flat === undefined) return pieceRows(path, rows);
  return sql`SELECT profile, ${flat} AS piece FROM ${rows} AND is_flat
    UNION ALL ${pieceRows(path, sql`${rows} AND NOT is_flat`)}`;
}

/** What the engine writes in another way than it came: exponents of large numbers, and two kinds of line ends. */
const rewritten = ["e+", "\u2028", "\u2029"];

/** Rows of profile and `piece` for each value that is not missing, as the engine writes it. */
export function presentRows(path: string, rows: Sql, ofMessages: boolean): Sql {
  const engines = sql`JSONExtractRaw(concat('{"v":', piece, '}'), 'v')`;
  return sql`SELECT profile, if(multiSearchAny(piece, ${param.strings(rewritten)}), ${engines}, piece) AS piece
    FROM (${rowsOf(path, rows, ofMessages)}) WHERE piece NOT IN ('', 'null', '""', '[]')`;
}

/**
 * Rows of profile and `text`, the decimal text of each number at a path, and of whether it is one that is added exactly, as
 * `exactOf` of core/audience/decimal.ts says: nearly all are, which their text shows without being read.
 */
export function numberRows(path: string, rows: Sql, ofMessages: boolean): Sql {
  const plain = sql`length(text) <= 30 AND position(text, 'e') = 0 AND position(text, 'E') = 0`;
  const exact = sql`length(text) <= ${param.uint32(longestExact)} AND abs(toFloat64OrZero(text)) < 1e40`;
  return sql`SELECT profile, text, (${plain}) OR (${exact}) AS exact FROM (
    SELECT profile, ${numberTextOf(sql`piece`)} AS text FROM (${rowsOf(path, rows, ofMessages)})
  ) WHERE text != ''`;
}
