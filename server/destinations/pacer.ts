import { setTimeout as sleep } from "node:timers/promises";

/** Lets requests to one destination go one after the other, no more in a second than its tool takes. */
export class Pacer {
  readonly #intervalMs: number;
  #nextAt = 0;

  constructor(perSecond: number) {
    this.#intervalMs = 1000 / perSecond;
  }

  /** Resolves when the next request may go. Rejects with the signal's reason. */
  async turn(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const now = performance.now();
      const wait = this.#nextAt - now;
      if (wait <= 0) {
        this.#nextAt = now + this.#intervalMs;
        return;
      }
      await sleep(wait, undefined, { signal });
    }
  }

  /** The tool wants to be left alone for so long: nothing goes before that. */
  holdBack(milliseconds: number): void {
    this.#nextAt = Math.max(this.#nextAt, performance.now() + milliseconds);
  }
}
