import type { NativeBlock } from "./native";
import type { PeopleBits } from "./people-bits";
import type { QueryOptions } from "./query-options";

/**
 * SQL as a value. Text comes from template literals of this code base alone; whatever came from outside is a `Param`.
 * Each transport renders a parameter in its own safe way: the ClickHouse client sends it beside the text
 * (`{p0:String}`), chDB takes it as a literal of its type, because chDB binds parameters of one query at a time for
 * the whole process.
 */
export interface Param {
  readonly type: "String" | "Array(String)" | "UInt32" | "Array(UInt32)" | "UInt64" | "Int64";
  readonly value: string | bigint | number | readonly string[] | readonly number[];
  readonly literal: string;
}

/** The part of a store that a statement may need before it can be sent. */
export interface BlockReader {
  /** The same for all that stand for one store. */
  readonly identity: object;
  blocks(statement: Sql, options?: QueryOptions): Promise<NativeBlock[]>;
  kept(statement: Sql, options?: QueryOptions): Promise<NativeBlock[]>;
  blockStream(statement: Sql, options?: QueryOptions): AsyncIterable<NativeBlock[]>;
  keptPeople(key: string, find: () => Promise<PeopleBits>): Promise<PeopleBits>;
}

/** A part of a statement that must be asked of the store before the statement can be sent. */
export class Later {
  constructor(readonly find: (store: BlockReader, signal: AbortSignal | undefined) => Promise<Sql>) {}
}

type Part = string | Param | Later;

export class Sql {
  constructor(readonly parts: readonly Part[]) {}
}

/** The statement with everything found that had to be asked for before; itself where there is nothing. */
export async function foundOut(statement: Sql, store: BlockReader, signal: AbortSignal | undefined): Promise<Sql> {
  if (!statement.parts.some((part) => part instanceof Later)) return statement;
  const found = new Map<Later, Promise<Sql>>();
  const parts = await Promise.all(
    statement.parts.map(async (part) => {
      if (!(part instanceof Later)) return [part];
      const known = found.get(part) ?? part.find(store, signal);
      found.set(part, known);
      return (await known).parts;
    }),
  );
  return foundOut(new Sql(parts.flat()), store, signal);
}

/** The template tag: `sql\`SELECT ${param.string(name)}\``. An interpolation is a fragment or a parameter. */
export function sql(strings: TemplateStringsArray, ...values: readonly (Sql | Param)[]): Sql {
  const parts: Part[] = [];
  strings.forEach((text, index) => {
    if (text !== "") parts.push(text);
    const value = values[index];
    if (value instanceof Sql) parts.push(...value.parts);
    else if (value !== undefined) parts.push(value);
  });
  return new Sql(parts);
}

/** The fragment of no text at all. */
export const empty = new Sql([]);

/** Fragments with a separator between them, a comma unless told. */
export function join(fragments: readonly Sql[], separator: Sql = sql`, `): Sql {
  return new Sql(
    fragments.flatMap((fragment, index) => (index === 0 ? fragment.parts : [...separator.parts, ...fragment.parts])),
  );
}

const escapes: Record<string, string> = {
  "\\": "\\\\",
  "'": "\\'",
  "\0": "\\0",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function quoted(text: string): string {
  return `'${text.toWellFormed().replace(/[\\'\0\n\r\t]/g, (character) => escapes[character] ?? character)}'`;
}

function wholeNumber(value: number | bigint, low: bigint, high: bigint, type: string): bigint {
  const whole = BigInt(value);
  if (whole < low || whole > high) throw new RangeError(`${value} is not a ${type}`);
  return whole;
}

const maxUInt32 = 2n ** 32n - 1n;

function uint64(value: number | bigint): Param {
  const whole = wholeNumber(value, 0n, 2n ** 64n - 1n, "UInt64");
  return { type: "UInt64", value: whole, literal: `toUInt64(${whole})` };
}

function int64(value: number | bigint): Param {
  const whole = wholeNumber(value, -(2n ** 63n), 2n ** 63n - 1n, "Int64");
  return { type: "Int64", value: whole, literal: `toInt64('${whole}')` };
}

/** Parameters by the type that they have in the engine. A whole number out of its type's range throws. */
export const param = {
  /** Text of any characters. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD. */
  string(value: string): Param {
    return { type: "String", value: value.toWellFormed(), literal: quoted(value) };
  },
  strings(values: readonly string[]): Param {
    return {
      type: "Array(String)",
      value: values.map((value) => value.toWellFormed()),
      literal: `CAST([${values.map(quoted).join(",")}], 'Array(String)')`,
    };
  },
  uint32(value: number): Param {
    const whole = wholeNumber(value, 0n, maxUInt32, "UInt32");
    return { type: "UInt32", value: Number(whole), literal: `toUInt32(${whole})` };
  },
  uint32s(values: readonly number[]): Param {
    for (const value of values) wholeNumber(value, 0n, maxUInt32, "UInt32");
    return { type: "Array(UInt32)", value: values, literal: `CAST([${values.join(",")}], 'Array(UInt32)')` };
  },
  uint64,
  int64,
  /** A number bit by bit, so that no parser stands between: 0.1 arrives as 0.1. */
  float64(value: number): Sql {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setFloat64(0, value);
    return sql`reinterpretAsFloat64(${uint64(bits.getBigUint64(0))})`;
  },
  /** A DateTime64(3, 'UTC') from milliseconds since the epoch. */
  moment(milliseconds: number): Sql {
    return sql`fromUnixTimestamp64Milli(${int64(milliseconds)}, 'UTC')`;
  },
};

export interface RenderedSql {
  readonly text: string;
  readonly params: Readonly<Record<string, Param["value"]>>;
}

/** Text with numbered placeholders, and the values to send beside it. */
export function render(statement: Sql): RenderedSql {
  const params: Record<string, Param["value"]> = {};
  let next = 0;
  const text = statement.parts.map((part) => {
    if (typeof part === "string") return part;
    if (part instanceof Later) throw new Error("A part of the statement has not been found out");
    const name = `p${next++}`;
    params[name] = part.value;
    return `{${name}:${part.type}}`;
  });
  return { text: text.join(""), params };
}

/** One text in which each parameter stands as an escaped literal of its type. */
export function renderLiteral(statement: Sql): string {
  return statement.parts
    .map((part) => {
      if (part instanceof Later) throw new Error("A part of the statement has not been found out");
      return typeof part === "string" ? part : part.literal;
    })
    .join("");
}
