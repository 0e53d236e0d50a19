/**
 * A bucket that holds `burst` messages and fills by `perSecond`. How many a request brings is known only once it is read, so
 * a request is let in while anything is left, and may leave the bucket in debt: the next ones wait until that is paid.
 */
export class RateLimit {
  #left: number;
  #at: number;

  constructor(
    readonly perSecond: number,
    readonly burst: number,
    now: number = performance.now(),
  ) {
    this.#left = burst;
    this.#at = now;
  }

  /** Whole seconds after which to try again; 0 where a request may come in. `now` is of a clock that never goes back. */
  waitSeconds(now: number = performance.now()): number {
    this.#fill(now);
    if (this.#left > 0) return 0;
    // Until one message is left: at nothing the next request would be turned away again.
    return Math.max(1, Math.ceil((1 - this.#left) / this.perSecond));
  }

  /** Takes out what a request has brought. */
  take(messages: number): void {
    this.#left -= messages;
  }

  #fill(now: number): void {
    this.#left = Math.min(this.burst, this.#left + ((now - this.#at) / 1000) * this.perSecond);
    this.#at = now;
  }
}
