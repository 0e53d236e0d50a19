import type { PeopleBits } from "./people-bits";
import { param, type Sql, sql } from "./sql";

/** A bitmap of people (a state of groupBitmap over UInt32) from the text that `bitmapTextOf` gives. */
export function bitmapFromText(text: string): Sql {
  return sql`CAST(base64Decode(${param.string(text)}), 'AggregateFunction(groupBitmap, UInt32)')`;
}

/** A set of people of this process as an expression of the engine: a literal. */
export function bitmapLiteral(people: PeopleBits): Sql {
  return bitmapFromText(bitmapTextOf(people));
}

const noRuns = 12346;
const largestSmallSet = 32;
const largestArray = 4096;

/** A bitmap as text. */
export function bitmapTextOf(people: PeopleBits): string {
  // The engine keeps up to 32 numbers as they are.
  if (people.count <= largestSmallSet) {
    return Buffer.concat([Buffer.from([0, people.count]), littleEndian(people.numbers())]).toString("base64");
  }
  const roaring = roaringBytes(people);
  return Buffer.concat([Buffer.from([1, ...sizeBytes(roaring.length)]), roaring]).toString("base64");
}

/** The portable format of roaring bitmaps, without runs: 65,536 numbers to a container, of either a list or a bit each. */
function roaringBytes(people: PeopleBits): Buffer {
  const containers = [...people.chunks()].map(({ key, chunk }) => ({ key, count: chunk.count, bytes: bytesOf(chunk) }));
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

function bytesOf(chunk: PeopleBits): Buffer {
  if (chunk.count > largestArray) {
    const bits = Buffer.alloc(8192);
    chunk.copyTo(bits);
    return bits;
  }
  const bytes = Buffer.alloc(chunk.count * 2);
  for (const [index, number] of chunk.numbers().entries()) bytes.writeUInt16LE(number, index * 2);
  return bytes;
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
