import { param, type Sql, sql } from "@/server/event-store/sql";

/** The piece of JSON at a key, as text; '' where there is none. `json` is the text of an object. */
function pieceAt(json: Sql, keys: readonly string[]): Sql {
  return sql`JSONExtractRaw(${keys.reduce((args, key) => sql`${args}, ${param.string(key)}`, json)})`;
}

/** Pieces of JSON with each list replaced by its elements. */
function elements(pieces: Sql): Sql {
  return sql`arrayFlatten(arrayMap(piece -> if(startsWith(piece, '['), JSONExtractArrayRaw(piece), [piece]), ${pieces}))`;
}

/** Where a value is looked for: in one piece of JSON that is no list, in one of any kind, or in each of an array of them. */
export type Located = { kind: "scalar"; piece: Sql } | { kind: "one"; piece: Sql } | { kind: "some"; pieces: Sql };

/** The values at a path into an object's text, as `valuesAt` of core/audience/value.ts finds them. */
export function locate(json: Sql, path: string): Located {
  const keys = path.split(".");
  if (keys.length === 1) return { kind: "one", piece: pieceAt(json, [path]) };
  const literal = pieceAt(json, [path]);
  return { kind: "some", pieces: sql`if(${literal} != '', [${literal}], ${walk(json, keys)})` };
}

/** A name that stands in JSON as it is. */
const plainName = /^[\w .@:-]+$/;

/**
 * The piece at a path in the `properties` of a row of `messages` that `is_flat`, as they are written: there are no objects in
 * them, so the path is a key. Undefined for a path that JSON may write in another way.
 */
export function flatPiece(path: string): Sql | undefined {
  return plainName.test(path) ? sql`simpleJSONExtractRaw(properties, ${param.string(path)})` : undefined;
}

/** The values at the end of a chain of keys, through objects and the elements of lists. */
function walk(json: Sql, keys: readonly string[]): Sql {
  const straight = pieceAt(json, keys);
  return sql`if(${straight} != '', [${straight}], ${walkLists(sql`[${json}]`, keys)})`;
}

/** As `walk`, from an array of pieces of any kind. */
export function walkLists(pieces: Sql, keys: readonly string[]): Sql {
  return keys.reduce(
    (reached, key) =>
      sql`arrayFilter(piece -> piece != '', arrayMap(piece -> ${pieceAt(sql`piece`, [key])}, ${elements(reached)}))`,
    pieces,
  );
}

/** Whether `fits` holds for one of the values located, a list taken as a whole. */
export function someValue(located: Located, fits: (piece: Sql) => Sql): Sql {
  if (located.kind !== "some") return fits(located.piece);
  return sql`arrayExists(value -> ${fits(sql`value`)}, ${located.pieces})`;
}

/** Whether `fits` holds for one of the values located, or for an element where that is a list. */
export function someElement(located: Located, fits: (piece: Sql) => Sql): Sql {
  if (located.kind === "some") return sql`arrayExists(element -> ${fits(sql`element`)}, ${elements(located.pieces)})`;
  const { kind, piece } = located;
  if (kind === "scalar") return fits(piece);
  return sql`if(startsWith(${piece}, '['), arrayExists(element -> ${fits(sql`element`)}, JSONExtractArrayRaw(${piece})), ${fits(piece)})`;
}

/** The values located as one array, each list replaced by its elements. */
export function elementsOf(located: Located): Sql {
  if (located.kind === "some") return elements(located.pieces);
  const { kind, piece } = located;
  if (kind === "scalar") return sql`[${piece}]`;
  return sql`if(startsWith(${piece}, '['), JSONExtractArrayRaw(${piece}), [${piece}])`;
}

/** Whether `fits` holds for an element of a list among the values located. */
export function someListElement(located: Located, fits: (piece: Sql) => Sql): Sql {
  if (located.kind === "scalar") return sql`0`;
  const lists =
    located.kind === "some"
      ? elements(sql`arrayFilter(piece -> startsWith(piece, '['), ${located.pieces})`)
      : sql`if(startsWith(${located.piece}, '['), JSONExtractArrayRaw(${located.piece}), [])`;
  return sql`arrayExists(element -> ${fits(sql`element`)}, ${lists})`;
}

/** Whether a piece is a JSON number: only those begin with a digit or a minus. */
function isNumber(piece: Sql): Sql {
  return sql`ascii(${piece}) BETWEEN 45 AND 57`;
}

function isDecimalText(piece: Sql): Sql {
  return sql`match(${piece}, '^"-?\\\\d+(\\\\.\\\\d+)?([eE][+-]?\\\\d+)?"$')`;
}

/** The number of a scalar as Float64: a number, or text that is wholly a decimal number; NaN, which no comparison holds for, of others. */
export function numberOf(piece: Sql): Sql {
  return sql`multiIf(${isNumber(piece)}, toFloat64OrZero(${piece}), ${isDecimalText(piece)}, toFloat64OrZero(trim(BOTH '"' FROM ${piece})), nan)`;
}

/** The decimal text of a scalar that `numberOf` finds a number in; '' of others. */
export function numberTextOf(piece: Sql): Sql {
  return sql`multiIf(${isNumber(piece)}, ${piece}, ${isDecimalText(piece)}, trim(BOTH '"' FROM ${piece}), '')`;
}

/**
 * Text of a piece that `isText` as `foldCase` of core/audience/value.ts has it, to be searched for a text that was folded as
 * well; the engine's lower case is Unicode's, as JavaScript's is. Only what has escapes is parsed.
 */
export function foldedTextOf(piece: Sql, sought: string): Sql {
  const text = sql`if(position(${piece}, '\\\\') = 0, substring(${piece}, 2, length(${piece}) - 2), JSONExtractString(${piece}))`;
  const folded = sql`lowerUTF8(${text})`;
  return sought.includes("σ") ? sql`replaceAll(${folded}, 'ς', 'σ')` : folded;
}

export function isText(piece: Sql): Sql {
  return sql`startsWith(${piece}, '"')`;
}

/** What stands at a path as raw JSON, '' for nothing; a list where the path leads through lists to several values. */
export function wholePiece(located: Located): Sql {
  if (located.kind !== "some") return located.piece;
  const { pieces } = located;
  return sql`if(length(${pieces} AS found) <= 1, found[1], concat('[', arrayStringConcat(found, ','), ']'))`;
}
