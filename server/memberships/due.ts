/** Somebody of whom it is known that an audience may lose or gain them at a moment (milliseconds since the epoch). */
export interface Due {
  readonly at: number;
  readonly audienceId: string;
  readonly profile: number;
}

/** What is due, the earliest first: a binary heap, for there may be many at once. */
export class DueQueue {
  readonly #heap: Due[] = [];

  /** The moment of the earliest; Infinity where nothing is due. */
  get next(): number {
    return this.#heap[0]?.at ?? Infinity;
  }

  add(due: Due): void {
    const heap = this.#heap;
    let place = heap.push(due) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = heap[above];
      if (other === undefined || other.at <= due.at) break;
      heap[place] = other;
      place = above;
    }
    heap[place] = due;
  }

  /** Takes out everything that is due at `moment` or before. */
  take(moment: number): Due[] {
    const taken: Due[] = [];
    while (this.next <= moment) {
      const first = this.#pop();
      if (first !== undefined) taken.push(first);
    }
    return taken;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  #pop(): Due | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      const below = other !== undefined && one !== undefined && other.at < one.at ? left + 1 : left;
      const lower = heap[below];
      if (lower === undefined || lower.at >= last.at) break;
      heap[place] = lower;
      place = below;
    }
    heap[place] = last;
    return first;
  }
}
