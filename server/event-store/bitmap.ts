import type { PeopleBits } from "./people-bits";
import { param, type Sql, sql } from "./sql";

/** A bitmap of people (a state of groupBitmap over UInt32) from the text that `bitmapTextOf` gives. */
export function bitmapFromText(text: string): Sql {
  return sql`CAST(base64Decode(${param.string(text)}), 'AggregateFunction(groupBitmap, UInt32)')`;
}

/** A set of people of this process as an expression of the engine: a literal. */
export function bitmapLiteral(people: PeopleBits): Sql {
  return bitmapFromText(bitmapTextOf(people.numbers()));
}

const noRuns = 12346;
const largestSmallSet = 32;
const largestArray = 4096;

/** A bitmap as text, of numbers in ascending order, each once. */
export function bitmapTextOf(numbers: Uint32Array): string {
  // The engine keeps up to 32 numbers as they are.
  if (numbers.length <= largestSmallSet) {
    return Buffer.concat([Buffer.from([0, numbers.length]), littleEndian(numbers)]).toString("base64");
  }
  const roaring = roaringBytes(numbers);
  return Buffer.concat([Buffer.from([1, ...sizeBytes(roaring.length)]), roaring]).toString("base64");
}

/** The portable format of roaring bitmaps, without runs: 65,536 numbers to a container, of either a list or a bit each. */
function roaringBytes(numbers: Uint32Array): Buffer {
  const containers: { key: number; count: number; bytes: Buffer }[] = [];
  for (let from = 0; from < numbers.length; ) {
    const key = (numbers[from] ?? 0) >>> 16;
    let to = from;
    while (to < numbers.length && (numbers[to] ?? 0) >>> 16 === key) to += 1;
    containers.push({ key, count: to - from, bytes: containerBytes(numbers.subarray(from, to)) });
    from = to;
  }
  const head = Buffer.alloc(8 + 8 * containers.length);
  head.writeUInt32LE(noRuns, 0);
  head.writeUInt32LE(containers.length, 4);
  let offset = head.length;
  for (const [index, { key, count, bytes }] of containers.entries()) {
    head.writeUInt16LE(key, 8 + 4 * index);
    head.writeUInt16LE(count - 1, 10 + 4 * index);
    head.writeUInt32LE(offset, 8 + 4 * containers.length + 4 * index);
    offset += bytes.length;
  }
  return Buffer.concat([head, ...containers.map(({ bytes }) => bytes)]);
}

function containerBytes(numbers: Uint32Array): Buffer {
  if (numbers.length <= largestArray) {
    const bytes = Buffer.alloc(numbers.length * 2);
    for (const [index, number] of numbers.entries()) bytes.writeUInt16LE(number & 0xffff, index * 2);
    return bytes;
  }
  const bits = Buffer.alloc(8192);
  for (const number of numbers) {
    const low = number & 0xffff;
    bits[low >> 3] = (bits[low >> 3] ?? 0) | (1 << (low & 7));
  }
  return bits;
}

function littleEndian(numbers: Uint32Array): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, index * 4);
  return bytes;
}

/** A whole number in groups of seven bits, the lowest first. */
function sizeBytes(size: number): number[] {
  const bytes: number[] = [];
  let rest = size;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}
