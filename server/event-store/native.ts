const bytesOf = { UInt8: 1, UInt16: 2, UInt32: 4, UInt64: 8, Float64: 8 } as const;
type NumberType = keyof typeof bytesOf;

/** A block of rows by column, as it lies in the engine's answer. Asking for a column that is not there so throws. */
export class NativeBlock {
  readonly #numbers = new Map<string, { type: NumberType; bytes: Uint8Array }>();
  readonly #texts = new Map<string, Texts>();
  readonly #lists = new Map<string, Uint32Array[]>();
  readonly #byteLists = new Map<string, Uint8Array[]>();
  readonly rows: number;
  /** Bytes that the block was read from. */
  readonly size: number;

  constructor(reader: Reader) {
    const start = reader.at;
    const columns = reader.size();
    this.rows = reader.size();
    for (let index = 0; index < columns; index += 1) {
      const name = reader.text();
      const type = reader.text();
      if (isNumberType(type)) this.#numbers.set(name, { type, bytes: reader.take(this.rows * bytesOf[type]) });
      else if (type === "String") this.#texts.set(name, new Texts(reader, this.rows));
      else if (type === "Array(UInt32)") this.#lists.set(name, readLists(reader, this.rows));
      else if (type === "Array(UInt8)") this.#byteLists.set(name, readByteLists(reader, this.rows));
      else throw new Error(`Columns of ${type} are not read`);
    }
    this.size = reader.at - start;
  }

  /** The numbers of a column one after the other, the lowest byte first; read without copying. */
  view(name: string, type: NumberType): DataView {
    const column = found(this.#numbers, name);
    if (column.type !== type) throw new Error(`The column ${name} is of ${column.type}, not of ${type}`);
    const { buffer, byteOffset, byteLength } = column.bytes;
    return new DataView(buffer, byteOffset, byteLength);
  }

  /** The same as bytes. */
  bytes(name: string, type: NumberType): Uint8Array {
    const { buffer, byteOffset, byteLength } = this.view(name, type);
    return new Uint8Array(buffer, byteOffset, byteLength);
  }

  /** Of a column of String. */
  texts(name: string): Texts {
    return found(this.#texts, name);
  }

  /** Of a column of Array(UInt32). */
  lists(name: string): Uint32Array[] {
    return found(this.#lists, name);
  }

  /** Of a column of Array(UInt8); read without copying. */
  byteLists(name: string): Uint8Array[] {
    return found(this.#byteLists, name);
  }
}

/** A column of texts, each decoded when it is asked for. */
class Texts {
  readonly #bytes: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;

  constructor(reader: Reader, rows: number) {
    this.#bytes = reader.bytes;
    this.#starts = new Uint32Array(rows);
    this.#ends = new Uint32Array(rows);
    for (let row = 0; row < rows; row += 1) {
      const length = reader.size();
      this.#starts[row] = reader.at;
      reader.skip(length);
      this.#ends[row] = reader.at;
    }
  }

  get length(): number {
    return this.#starts.length;
  }

  /** In bytes. */
  sizeAt(row: number): number {
    return (this.#ends[row] ?? 0) - (this.#starts[row] ?? 0);
  }

  /** Whether a row has the same text as the one before it; the first has none before it. */
  isAsBefore(row: number): boolean {
    const size = this.sizeAt(row);
    if (row === 0 || this.sizeAt(row - 1) !== size) return false;
    const [here, before] = [this.#starts[row] ?? 0, this.#starts[row - 1] ?? 0];
    for (let place = 0; place < size; place += 1) {
      if (this.#bytes[here + place] !== this.#bytes[before + place]) return false;
    }
    return true;
  }

  at(row: number): string {
    const bytes = this.bytes(row);
    return bytes.length === 0 ? "" : textOf(bytes);
  }

  /** What is no text, such as the state of an aggregate; read without copying. */
  bytes(row: number): Uint8Array {
    return this.#bytes.subarray(this.#starts[row] ?? 0, this.#ends[row] ?? 0);
  }
}

/** The blocks of a whole answer in the engine's Native format. */
export function nativeBlocks(bytes: Uint8Array): NativeBlock[] {
  const reader = new Reader(bytes);
  const blocks: NativeBlock[] = [];
  while (reader.at < bytes.length) blocks.push(new NativeBlock(reader));
  return blocks;
}

class Reader {
  at = 0;
  constructor(readonly bytes: Uint8Array) {}

  /** A whole number in groups of seven bits, the lowest first. */
  size(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.at] ?? 0;
      this.skip(1);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  text(): string {
    return textOf(this.take(this.size()));
  }

  skip(length: number): void {
    this.at += length;
    if (this.at > this.bytes.length) throw new Error("The engine's answer ended within a block");
  }

  take(length: number): Uint8Array {
    const start = this.at;
    this.skip(length);
    return this.bytes.subarray(start, this.at);
  }

  view(length: number): DataView {
    const { buffer, byteOffset, byteLength } = this.take(length);
    return new DataView(buffer, byteOffset, byteLength);
  }
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
}

function isNumberType(type: string): type is NumberType {
  return Object.hasOwn(bytesOf, type);
}

/** Before all numbers of a column of lists stands where each list ends among them. */
function readEnds(reader: Reader, rows: number): number[] {
  const view = reader.view(rows * 8);
  return Array.from({ length: rows }, (_, row) => Number(view.getBigUint64(row * 8, true)));
}

function readByteLists(reader: Reader, rows: number): Uint8Array[] {
  const ends = readEnds(reader, rows);
  const all = reader.take(ends.at(-1) ?? 0);
  return ends.map((end, row) => all.subarray(ends[row - 1] ?? 0, end));
}

function readLists(reader: Reader, rows: number): Uint32Array[] {
  const ends = readEnds(reader, rows);
  // A copy, for typed arrays start at a whole multiple.
  const copy = new Uint8Array((ends.at(-1) ?? 0) * 4);
  copy.set(reader.take(copy.length));
  const all = new Uint32Array(copy.buffer);
  return ends.map((end, row) => all.subarray(ends[row - 1] ?? 0, end));
}

function found<Column>(columns: ReadonlyMap<string, Column>, name: string): Column {
  const column = columns.get(name);
  if (column === undefined) throw new Error(`The engine answered no such column: ${name}`);
  return column;
}
