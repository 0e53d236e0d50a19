const wordsOfContainer = 2048;
const noRuns = 12346;
const withRuns = 12347;
/** Of containers with runs, the places are written down only where there are so many of them. */
const placedFrom = 4;
const largestArray = 4096;

/** A set of people in this process: a bit for each number, as people's numbers are dense. Operations make new sets. */
export class PeopleBits {
  #count: number | undefined;

  private constructor(private readonly words: Uint32Array) {}

  static readonly none = new PeopleBits(new Uint32Array(0));

  /** Everybody in one of some states of groupBitmap over UInt32, as the engine writes them. */
  static ofStates(states: readonly Uint8Array[]): PeopleBits {
    const end = states.reduce((most, state) => Math.max(most, containersOf(state)), 0);
    if (end === 0) return PeopleBits.none;
    const words = new Uint32Array(end * wordsOfContainer);
    for (const state of states) addState(words, state);
    return new PeopleBits(words);
  }

  /** Those whose byte fits, of lists of a byte for each person; `chunk` says from which multiple of 65,536 on. */
  static ofBytes(lists: readonly { chunk: number; bytes: Uint8Array }[], fits: (byte: number) => boolean): PeopleBits {
    const words = new Uint32Array(lists.reduce((most, { chunk }) => Math.max(most, chunk + 1), 0) * wordsOfContainer);
    const isFitting = Uint8Array.from({ length: 256 }, (_, byte) => (fits(byte) ? 1 : 0));
    for (const { chunk, bytes } of lists) {
      for (let low = 0; low < bytes.length; low += 1) {
        if (isFitting[bytes[low] ?? 0] === 1) addNumber(words, chunk * 65_536 + low);
      }
    }
    return new PeopleBits(words);
  }

  /** A bit for each number, the lowest first; nobody else may change them. */
  static ofWords(words: Uint32Array): PeopleBits {
    return new PeopleBits(words);
  }

  /** In any order. */
  static ofNumbers(numbers: readonly number[]): PeopleBits {
    const end = numbers.reduce((most, number) => Math.max(most, number + 1), 0);
    const words = new Uint32Array(Math.ceil(end / 32));
    for (const number of numbers) addNumber(words, number);
    return new PeopleBits(words);
  }

  get count(): number {
    this.#count ??= this.words.reduce((sum, word) => sum + onesOf(word), 0);
    return this.#count;
  }

  /** One more than the highest number; 0 for nobody. */
  get end(): number {
    let index = this.words.length - 1;
    while (index >= 0 && at(this.words, index) === 0) index -= 1;
    return index < 0 ? 0 : index * 32 + 32 - Math.clz32(at(this.words, index));
  }

  /** Bytes of memory. */
  get size(): number {
    return this.words.byteLength;
  }

  has(number: number): boolean {
    return (((this.words[number >>> 5] ?? 0) >>> (number & 31)) & 1) === 1;
  }

  and(other: PeopleBits): PeopleBits {
    const words = this.words.slice(0, Math.min(this.words.length, other.words.length));
    for (let index = 0; index < words.length; index += 1) words[index] = at(words, index) & at(other.words, index);
    return new PeopleBits(words);
  }

  or(other: PeopleBits): PeopleBits {
    const [longer, shorter] = this.words.length >= other.words.length ? [this, other] : [other, this];
    const words = longer.words.slice();
    for (let index = 0; index < shorter.words.length; index += 1)
      words[index] = at(words, index) | at(shorter.words, index);
    return new PeopleBits(words);
  }

  /** Those who are not in the other. */
  without(other: PeopleBits): PeopleBits {
    const words = this.words.slice();
    const end = Math.min(words.length, other.words.length);
    for (let index = 0; index < end; index += 1) words[index] = at(words, index) & ~at(other.words, index);
    return new PeopleBits(words);
  }

  /** The lowest numbers from `from` on, at most `limit` of them. */
  first(limit: number, from = 0): number[] {
    const found: number[] = [];
    for (let index = from >>> 5; index < this.words.length && found.length < limit; index += 1) {
      for (let rest = at(this.words, index); rest !== 0 && found.length < limit; rest &= rest - 1) {
        const number = index * 32 + lowestBit(rest);
        if (number >= from) found.push(number);
      }
    }
    return found;
  }

  /** Each 65,536 numbers with anybody among them: which, and who, numbered from 0. */
  *chunks(): Generator<{ key: number; chunk: PeopleBits }> {
    for (let from = 0; from < this.words.length; from += wordsOfContainer) {
      const chunk = new PeopleBits(this.words.subarray(from, from + wordsOfContainer));
      if (chunk.count > 0) yield { key: from / wordsOfContainer, chunk };
    }
  }

  /** A bit for each number, the lowest first. */
  copyTo(bytes: Uint8Array): void {
    const { buffer, byteOffset, byteLength } = this.words;
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength));
  }

  /** All numbers, the lowest first. */
  numbers(): Uint32Array {
    const found = new Uint32Array(this.count);
    let next = 0;
    for (let index = 0; index < this.words.length; index += 1) {
      for (let rest = at(this.words, index); rest !== 0; rest &= rest - 1) {
        found[next] = index * 32 + lowestBit(rest);
        next += 1;
      }
    }
    return found;
  }
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function onesOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

function addNumber(words: Uint32Array, number: number): void {
  words[number >>> 5] = at(words, number >>> 5) | (1 << (number & 31));
}

interface RoaringHead {
  view: DataView;
  /** Where the keys and sizes of the containers stand, and which of them are of runs. */
  keys: number;
  containers: number;
  runs: Uint8Array | undefined;
}

/** The portable format of roaring bitmaps begins behind the engine's own first byte and the length. */
function headOf(state: Uint8Array): RoaringHead {
  let start = 1;
  while ((state[start] ?? 0) >= 128) start += 1;
  start += 1;
  const view = new DataView(state.buffer, state.byteOffset + start, state.byteLength - start);
  const cookie = view.getUint32(0, true);
  if (cookie === noRuns) return { view, keys: 8, containers: view.getUint32(4, true), runs: undefined };
  if ((cookie & 0xffff) !== withRuns) throw new Error("The engine's bitmap is of a format that is not known");
  const containers = (cookie >>> 16) + 1;
  const runs = state.subarray(start + 4, start + 4 + Math.ceil(containers / 8));
  return { view, keys: 4 + runs.length, containers, runs };
}

/** The engine keeps up to 32 numbers as they are: a nought, how many, the numbers. */
const isSmall = (state: Uint8Array) => state[0] === 0;

function smallNumbers(state: Uint8Array): number[] {
  const view = new DataView(state.buffer, state.byteOffset, state.byteLength);
  return Array.from({ length: view.getUint8(1) }, (_, index) => view.getUint32(2 + index * 4, true));
}

/** How many containers of 65,536 numbers hold a state. */
function containersOf(state: Uint8Array): number {
  if (isSmall(state)) return smallNumbers(state).reduce((most, number) => Math.max(most, (number >>> 16) + 1), 0);
  const { view, keys, containers } = headOf(state);
  return containers === 0 ? 0 : view.getUint16(keys + 4 * (containers - 1), true) + 1;
}

function addState(words: Uint32Array, state: Uint8Array): void {
  if (isSmall(state)) {
    for (const number of smallNumbers(state)) addNumber(words, number);
    return;
  }
  const { view, keys, containers, runs } = headOf(state);
  const isPlaced = runs === undefined || containers >= placedFrom;
  let place = keys + 4 * containers + (isPlaced ? 4 * containers : 0);
  for (let index = 0; index < containers; index += 1) {
    const base = view.getUint16(keys + 4 * index, true) * wordsOfContainer;
    const count = view.getUint16(keys + 4 * index + 2, true) + 1;
    if (((runs?.[index >>> 3] ?? 0) >>> (index & 7)) & 1) place = addRuns(words, base, view, place);
    else if (count <= largestArray) place = addList(words, base, view, place, count);
    else place = addWords(words, base, view, place);
  }
}

/** Each answers where the next container stands. */
function addList(words: Uint32Array, base: number, view: DataView, place: number, count: number): number {
  const end = place + 2 * count;
  for (let next = place; next < end; next += 2) {
    const low = view.getUint16(next, true);
    words[base + (low >>> 5)] = at(words, base + (low >>> 5)) | (1 << (low & 31));
  }
  return end;
}

function addWords(words: Uint32Array, base: number, view: DataView, place: number): number {
  for (let index = 0; index < wordsOfContainer; index += 1) {
    words[base + index] = at(words, base + index) | view.getUint32(place + 4 * index, true);
  }
  return place + 4 * wordsOfContainer;
}

function addRuns(words: Uint32Array, base: number, view: DataView, place: number): number {
  const count = view.getUint16(place, true);
  for (let run = 0; run < count; run += 1) {
    const start = view.getUint16(place + 2 + 4 * run, true);
    const end = start + view.getUint16(place + 4 + 4 * run, true);
    for (let low = start; low <= end; ) {
      // A word at once where all of it is in.
      const isWhole = (low & 31) === 0 && low + 31 <= end;
      words[base + (low >>> 5)] = isWhole ? 0xffffffff : at(words, base + (low >>> 5)) | (1 << (low & 31));
      low += isWhole ? 32 : 1;
    }
  }
  return place + 2 + 4 * count;
}
