const probes = 4;
const blockBits = 512;
const wordsOfBlock = blockBits / 32;

/**
 * A Bloom filter over hashes: `has` is never false for what was added, and true for few others (one in two hundred
 * when full). Spares the store the question for nearly every new message. All probes of a hash lie in one block, as long as a
 * line of the processor's memory, and blocks follow the order of the hashes: what comes in that order is added
 * in a twentieth of the time.
 */
export class SeenFilter {
  readonly #words: Uint32Array;
  /** How far a hash's upper bits are shifted down to say its block. */
  readonly #shift: number;
  #added = 0;

  /** Sized for at least twice `expected` hashes. */
  constructor(expected: number) {
    const bits = 2 ** Math.min(32, Math.max(20, Math.ceil(Math.log2(Math.max(1, expected) * 32))));
    this.#words = new Uint32Array(bits / 32);
    this.#shift = 32 - Math.log2(bits / blockBits);
  }

  /** True once another hash would make wrong answers frequent: time for a larger one. */
  get isFull(): boolean {
    return this.#added * 16 > this.#words.length * 32;
  }

  /** `high` and `low`: the upper and the lower 32 bits of the hash, by whose upper bits it is ordered. */
  add(high: number, low: number): void {
    const block = (high >>> this.#shift) * wordsOfBlock;
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = bitOf(low, probe);
      const word = block + (bit >>> 5);
      this.#words[word] = (this.#words[word] ?? 0) | (1 << (bit & 31));
    }
    this.#added += 1;
  }

  has(high: number, low: number): boolean {
    const block = (high >>> this.#shift) * wordsOfBlock;
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = bitOf(low, probe);
      if (((this.#words[block + (bit >>> 5)] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}

/** Nine bits for each probe: three times those of the hash itself, then nine mixed of all of it. */
function bitOf(low: number, probe: number): number {
  return probe < 3 ? (low >>> (probe * 9)) & (blockBits - 1) : Math.imul(low, 0x9e3779b1) >>> 23;
}
