import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../core/errors";
import type { Logger } from "../log";
import { pauseBefore } from "./pauses";
import type { Trouble } from "./trouble";

/** Whether to go on at once, to look again after so many milliseconds or when something is heard, or never. */
export type Next = "more" | "gone" | { readonly wait: number };

export interface Work {
  readonly id: string;
  readonly log: Logger;
  now(): Date;
  /** Does the next piece. What it has done is stored step by step. Rejects with the signal's reason. */
  advance(signal: AbortSignal): Promise<Next>;
  storeTrouble(trouble: Trouble): Promise<void>;
}

/** Carries something that is sent on for as long as it is there. */
export class WorkLoop {
  readonly #ended = new AbortController();
  #activity = new AbortController();
  #isWoken = false;
  #onWake: (() => void) | undefined;
  #failures = 0;
  readonly #done: Promise<void>;

  constructor(readonly work: Work) {
    this.#done = this.#run();
  }

  /** There may be something to do. Deliveries and pauses go on. */
  wake(): void {
    this.#isWoken = true;
    this.#onWake?.();
  }

  /** What is sent or where it goes was changed: what is under way is left, and begun again as it is now. */
  restart(): void {
    this.#activity.abort(new Error("What is sent was changed"));
  }

  /** Stops where it is; resolves once nothing of it runs. */
  async close(): Promise<void> {
    this.#ended.abort();
    this.#activity.abort(new Error("Nothing is sent any more"));
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      this.#activity = new AbortController();
      const { signal } = this.#activity;
      this.#isWoken = false;
      try {
        const next = await this.work.advance(signal);
        this.#failures = 0;
        if (next === "gone") return;
        if (next !== "more") await this.#idle(next.wait, signal);
      } catch (error) {
        if (!signal.aborted) await this.#afterFailure(error, signal);
      }
    }
  }

  async #idle(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#isWoken || signal.aborted) return;
    const woken = new AbortController();
    this.#onWake = () => woken.abort();
    await sleep(milliseconds, undefined, { signal: AbortSignal.any([signal, woken.signal]), ref: false }).catch(
      () => undefined,
    );
    this.#onWake = undefined;
  }

  /** Nothing that fails here is the tool's: secrets that cannot be read, a store that is busy, a defect. It is tried again. */
  async #afterFailure(error: unknown, signal: AbortSignal): Promise<void> {
    const { id, log, now, storeTrouble } = this.work;
    this.#failures += 1;
    const isKnown = error instanceof AppError;
    if (!isKnown) log.error({ err: error, syncId: id }, "A sync failed; it is tried again");
    const message = isKnown ? error.message : "Something went wrong on the server; its log says what.";
    const wait = pauseBefore(this.#failures, "unavailable", undefined);
    const retryAt = now().getTime() + wait;
    try {
      await storeTrouble({ fault: "settings", message, attempts: this.#failures, retryAt });
    } catch (second) {
      log.error({ err: second, syncId: id }, "Why a sync does not get on could not be stored");
    }
    await this.#idle(wait, signal);
  }
}
