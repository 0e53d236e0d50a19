type Numbers = Float64Array | Uint32Array | Uint8Array;

/** A block of rows by column. Asking for a column that is not there, or of another kind, throws. */
export class NativeBlock {
  readonly #numbers = new Map<string, Numbers>();
  readonly #texts = new Map<string, string[]>();
  readonly #lists = new Map<string, Uint32Array[]>();

  constructor(
    reader: Reader,
    columns: number,
    readonly rows: number,
  ) {
    for (let index = 0; index < columns; index += 1) {
      const name = reader.text();
      const type = reader.text();
      if (type === "String")
        this.#texts.set(
          name,
          Array.from({ length: rows }, () => reader.text()),
        );
      else if (type === "Array(UInt32)") this.#lists.set(name, readLists(reader, rows));
      else this.#numbers.set(name, readNumbers(reader, type, rows));
    }
  }

  /** Of a column of UInt8, UInt32, UInt64, Int64 or Float64. Whole ones of 64 bits must lie within 2^53. */
  numbers(name: string): Numbers {
    return found(this.#numbers, name);
  }

  /** Of a column of String. */
  texts(name: string): string[] {
    return found(this.#texts, name);
  }

  /** Of a column of Array(UInt32). */
  lists(name: string): Uint32Array[] {
    return found(this.#lists, name);
  }
}

/** Blocks of the engine's Native format, from pieces that may be cut anywhere. */
export async function* nativeBlocks(pieces: AsyncIterable<Uint8Array>): AsyncIterable<NativeBlock> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let needed = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < needed) continue;
    const bytes = waiting.length === 1 ? piece : Buffer.concat(waiting);
    const reader = new Reader(bytes);
    let complete = 0;
    while (complete < length) {
      const block = tryBlock(reader);
      if (typeof block === "number") {
        needed = block - complete;
        break;
      }
      complete = reader.at;
      yield block;
    }
    waiting = complete < length ? [bytes.subarray(complete)] : [];
    length -= complete;
    if (length === 0) needed = 0;
  }
  if (length > 0) throw new Error("The engine's answer ended within a block");
}

/** The next block, or how many bytes there must be at least before it can be read. */
function tryBlock(reader: Reader): NativeBlock | number {
  try {
    const columns = reader.size();
    return new NativeBlock(reader, columns, reader.size());
  } catch (error) {
    if (error instanceof TooShort) return error.needed;
    throw error;
  }
}

class TooShort extends Error {
  constructor(readonly needed: number) {
    super("The bytes end before the block does");
  }
}

class Reader {
  at = 0;
  constructor(readonly bytes: Uint8Array) {}

  /** A whole number in groups of seven bits. */
  size(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw new TooShort(this.at + 1);
      this.at += 1;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  text(): string {
    const length = this.size();
    if (length === 0) return "";
    const piece = this.take(length);
    return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString("utf8");
  }

  take(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.bytes.length) throw new TooShort(end);
    const piece = this.bytes.subarray(this.at, end);
    this.at = end;
    return piece;
  }

  /** A copy that starts at a whole multiple, as typed arrays want it. */
  aligned(length: number): ArrayBuffer {
    const copy = new ArrayBuffer(length);
    new Uint8Array(copy).set(this.take(length));
    return copy;
  }
}

function readNumbers(reader: Reader, type: string, rows: number): Numbers {
  switch (type) {
    case "UInt8":
      return reader.take(rows).slice();
    case "UInt32":
      return new Uint32Array(reader.aligned(rows * 4));
    case "Float64":
      return new Float64Array(reader.aligned(rows * 8));
    case "UInt64":
    case "Int64":
      return wide(new Uint32Array(reader.aligned(rows * 8)), type === "Int64");
    default:
      throw new Error(`Columns of ${type} are not read`);
  }
}

/** Numbers of 64 bits as floats, which hold them up to 2^53. */
function wide(halves: Uint32Array, signed: boolean): Float64Array {
  const values = new Float64Array(halves.length / 2);
  for (let index = 0; index < values.length; index += 1) {
    const high = halves[2 * index + 1] ?? 0;
    values[index] = (signed ? high | 0 : high) * 4_294_967_296 + (halves[2 * index] ?? 0);
  }
  return values;
}

function readLists(reader: Reader, rows: number): Uint32Array[] {
  const ends = wide(new Uint32Array(reader.aligned(rows * 8)), false);
  const all = new Uint32Array(reader.aligned((ends.at(-1) ?? 0) * 4));
  let from = 0;
  return Array.from(ends, (end) => {
    const list = all.subarray(from, end);
    from = end;
    return list;
  });
}

function found<Column>(columns: ReadonlyMap<string, Column>, name: string): Column {
  const column = columns.get(name);
  if (column === undefined) throw new Error(`The engine answered no such column: ${name}`);
  return column;
}
