/** Counts by a key of texts, until they are taken. */
export class Tally {
  #counts = new Map<string, number>();

  add(key: string, count = 1): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  /** What was counted, and begins again. */
  take(): Map<string, number> {
    const taken = this.#counts;
    this.#counts = new Map();
    return taken;
  }

  /** Puts back what could not be written down. */
  putBack(counts: ReadonlyMap<string, number>): void {
    for (const [key, count] of counts) this.add(key, count);
  }
}
