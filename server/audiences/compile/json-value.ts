import { param, type Sql, sql } from "../../event-store/sql";

/** The piece of JSON at a key, as text; '' where there is none. `json` is the text of an object. */
function pieceAt(json: Sql, keys: readonly string[]): Sql {
  return sql`JSONExtractRaw(${keys.reduce((args, key) => sql`${args}, ${param.string(key)}`, json)})`;
}

/** Pieces of JSON with each list replaced by its elements. */
function elements(pieces: Sql): Sql {
  return sql`arrayFlatten(arrayMap(piece -> if(startsWith(piece, '['), JSONExtractArrayRaw(piece), [piece]), ${pieces}))`;
}

/** Where a value is looked for: in one piece of JSON, or in each of an array of them. */
export type Located = { kind: "one"; piece: Sql } | { kind: "some"; pieces: Sql };

/** The values at a path into an object's text, as `valuesAt` of core/audience/value.ts finds them. */
export function locate(json: Sql, path: string): Located {
  const keys = path.split(".");
  if (keys.length === 1) return { kind: "one", piece: pieceAt(json, [path]) };
  const literal = pieceAt(json, [path]);
  return { kind: "some", pieces: sql`if(JSONHas(${json}, ${param.string(path)}), [${literal}], ${walk(json, keys)})` };
}

/** The values at the end of a chain of keys, through objects and the elements of lists. */
export function walk(json: Sql, keys: readonly string[]): Sql {
  const straight = pieceAt(json, keys);
  const throughLists = keys.reduce((pieces, key, index) => {
    const entered = index === 0 ? pieces : elements(pieces);
    return sql`arrayFilter(piece -> piece != '', arrayMap(piece -> ${pieceAt(sql`piece`, [key])}, ${entered}))`;
  }, sql`[${json}]`);
  return sql`if(${straight} != '', [${straight}], ${throughLists})`;
}

/** Whether `fits` holds for one of the values located. The callback gets the text of one value. */
export function someValue(located: Located, fits: (piece: Sql) => Sql): Sql {
  if (located.kind === "one") return fits(located.piece);
  return sql`arrayExists(value -> ${fits(sql`value`)}, ${located.pieces})`;
}

/** Whether a value fits: a list when `element` holds for some element of it, anything else when `scalar` does. */
export function someElement(piece: Sql, scalar: (piece: Sql) => Sql, element: (piece: Sql) => Sql): Sql {
  return sql`if(startsWith(${piece}, '['), arrayExists(element -> ${element(sql`element`)}, JSONExtractArrayRaw(${piece})), ${scalar(piece)})`;
}

const decimal = sql`'^("-?\\\\d+(\\\\.\\\\d+)?([eE][+-]?\\\\d+)?"|-?\\\\d+(\\\\.\\\\d+)?([eE][+-]?\\\\d+)?)$'`;

/** The number of a scalar, or of text that is wholly a decimal number, as Float64; NaN, which no comparison holds for, of others. */
export function numberOf(piece: Sql): Sql {
  return sql`if(match(${piece}, ${decimal}), toFloat64OrZero(trim(BOTH '"' FROM ${piece})), nan)`;
}

/** Text of a scalar as `foldCase` of core/audience/value.ts has it; the engine's lower case is Unicode's, as JavaScript's is. */
export function foldedTextOf(piece: Sql): Sql {
  return sql`replaceAll(lowerUTF8(JSONExtractString(${piece})), 'ς', 'σ')`;
}

export function isText(piece: Sql): Sql {
  return sql`startsWith(${piece}, '"')`;
}
