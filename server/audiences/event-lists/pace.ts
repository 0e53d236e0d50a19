import { setImmediate } from "node:timers/promises";
import { cancelled } from "@/server/event-store/engine-error";

/** Milliseconds of work after which everything else gets its turn. */
const slice = 6;

/** Keeps long work from holding up the process, and ends it when it is no longer wanted. */
export class Pace {
  #since = performance.now();

  constructor(readonly signal: AbortSignal | undefined) {}

  /** To be awaited every so often. Errors: `cancelled`. */
  async rest(): Promise<void> {
    if (performance.now() - this.#since < slice) return;
    await setImmediate();
    if (this.signal?.aborted) throw cancelled();
    this.#since = performance.now();
  }
}
