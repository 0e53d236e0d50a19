const probes = 4;

/**
 * A Bloom filter over hashes: `has` is never false for what was added, and true for few others (one in five hundred
 * when full). Spares the store the question for nearly every new message.
 */
export class SeenFilter {
  readonly #words: Uint32Array;
  readonly #mask: number;
  #added = 0;

  /** Sized for at least twice `expected` hashes. */
  constructor(expected: number) {
    const bits = 2 ** Math.min(32, Math.max(20, Math.ceil(Math.log2(Math.max(1, expected) * 32))));
    this.#words = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
  }

  /** True once another hash would make wrong answers frequent: time for a larger one. */
  get isFull(): boolean {
    return this.#added * 16 > this.#words.length * 32;
  }

  /** `low` and `high`: the first and the second 32 bits of the hash. */
  add(low: number, high: number): void {
    for (let probe = 0; probe < probes; probe++) {
      const bit = ((low + Math.imul(probe, high | 1)) & this.#mask) >>> 0;
      const word = bit >>> 5;
      this.#words[word] = (this.#words[word] ?? 0) | (1 << (bit & 31));
    }
    this.#added++;
  }

  has(low: number, high: number): boolean {
    for (let probe = 0; probe < probes; probe++) {
      const bit = ((low + Math.imul(probe, high | 1)) & this.#mask) >>> 0;
      if (((this.#words[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }
}
